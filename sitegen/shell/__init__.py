"""Effects and nothing else: reading, publishing, serving."""
