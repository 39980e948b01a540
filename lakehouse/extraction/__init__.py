"""From photographs to landmarks: worker processes that run the Face Landmarker."""
