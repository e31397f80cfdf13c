"""The strings the window toolkit shows by itself: buttons, menus of text fields, dialogs. Must not import the toolkit.

They are catalog entries with the context `Qt`; `Catalog.lookup(source, context)` finds them for any of the toolkit's own
contexts. Key names stay English: `Ctrl+S` is what is printed on the keyboard.
"""

from __future__ import annotations

CONTEXT = "Qt"

STRINGS: tuple[str, ...] = (
    # Standard buttons (QPlatformTheme, QDialogButtonBox)
    "OK", "Save", "Save All", "Open", "&Yes", "Yes to &All", "&No", "N&o to All", "Abort", "Retry", "Ignore", "Close",
    "Cancel", "Discard", "Help", "Apply", "Reset", "Restore Defaults", "Don't Save",
    # Menus of text fields (QLineEdit, QWidgetTextControl)
    "&Undo", "&Redo", "Cu&t", "&Copy", "Copy &Link Location", "&Paste", "Delete", "Select All",
    # Spin boxes, combo boxes, tabs, scroll bars, docks
    "&Step up", "Step &down", "&Select All", "Open the combo box selection popup", "Scroll Left", "Scroll Right",
    "Close Tab", "Scroll here", "Left edge", "Right edge", "Page left", "Page right", "Scroll left", "Scroll right",
    "Top", "Bottom", "Page up", "Page down", "Scroll up", "Scroll down", "Float", "Undocks and re-attaches the dock widget",
    "Closes the dock widget",
    # Message, input, progress and error dialogs, undo
    "Show Details...", "Hide Details...", "Enter a value:", "&Show this message again", "&OK", "Undo %1", "Redo %1", "Undo",
    "Redo", "Press shortcut", "AM", "PM", "am", "pm", "True", "False",
    # Files (QFileDialog, QFileSystemModel)
    "&Look in:", "Look in:", "File &name:", "Files of &type:", "&Open", "&Save", "Save As", "&Choose", "&New Folder",
    "New Folder", "&Delete", "&Rename", "Show &hidden files", "Back", "Forward", "Go back", "Go forward",
    "Parent Directory", "Go to the parent directory", "Create New Folder", "Create a New Folder", "List View",
    "Detail View", "Change to list view mode", "Change to detail view mode", "Sidebar", "List of places and bookmarks",
    "Files", "Directories", "Directory:", "All Files (*)", "All files (*)", "Find Directory",
    "%1 already exists.\nDo you want to replace it?",
    "%1\nFile not found.\nPlease verify the correct file name was given.",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.",
    "'%1' is write protected.\nDo you want to delete it anyway?", "Are you sure you want to delete '%1'?",
    "Could not delete directory.", "Recent Places", "Remove", "My Computer", "Computer", "Drive", "File", "Folder",
    "Unknown", "Name", "Size", "Type", "Kind", "Date Modified", "Invalid filename",
    "<b>The name \"%1\" cannot be used.</b><p>Try using another name, with fewer characters or no punctuation marks.",
    "%1 bytes", "%1 KB", "%1 MB", "%1 GB",
    # Read aloud by screen readers (QAccessibleActionInterface)
    "Press", "Increase", "Decrease", "Show Menu", "Set Focus", "Toggle", "Check", "Uncheck", "Next Page", "Previous Page",
    "Triggers the action", "Increase the value", "Decrease the value", "Shows the menu", "Sets the focus",
    "Toggles the state", "Goes to the next page", "Goes back a page", "Scrolls to the left", "Scrolls to the right",
    "Scrolls up", "Scrolls down", "Scroll Up", "Scroll Down", "Activate",
    # Application menu of macOS
    "Services", "Hide %1", "Hide Others", "Show All", "Preferences...", "Quit %1", "About %1",
)  # fmt: skip
