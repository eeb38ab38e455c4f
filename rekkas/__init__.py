"""The application: command line, service and scheduler over the four packages."""
