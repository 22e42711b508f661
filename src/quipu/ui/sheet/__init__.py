"""The official sheet on the screen: what is drawn on paper is drawn here, and typed into."""
