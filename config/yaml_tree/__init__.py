"""YAML text -> plain data and the places of it; the only importer of yaml."""
