"""The demonstration: the main job from end to end, through the same commands that people type."""
