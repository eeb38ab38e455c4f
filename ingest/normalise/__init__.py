"""What a format read, cleaned, dated and made absolute: raw values -> entries."""
