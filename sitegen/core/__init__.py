"""The pure middle: values and stages. Nothing here reads a clock, a disk, a network or the environment."""
