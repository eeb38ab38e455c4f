"""Crashes: kills at random instants, and faults of disks, servers and clocks."""
