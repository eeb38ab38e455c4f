"""Documents are read in processes of their own, so that a hostile one harms nobody."""
