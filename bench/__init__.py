"""What the platform costs: time, queries and memory, measured before they are claimed."""
