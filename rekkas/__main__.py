"""`python -m rekkas`."""

from rekkas.cli import main

if __name__ == "__main__":
    main()
