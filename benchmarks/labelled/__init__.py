"""The labelled data that several benchmarks are judged by."""
