"""What each screen shows and can do, without widgets. Must import nothing of Qt but QtCore."""
