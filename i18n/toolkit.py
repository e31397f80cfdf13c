"""The strings the window toolkit shows by itself: buttons, menus of text fields and scroll bars. Must not import it.

The window has dialogs of its own for files, messages and input, so theirs are not here; tests/i18n/test_toolkit.py asks the
toolkit what it wants and fails when the list falls short.

They are catalog entries with the context `Qt`; `Catalog.lookup(source, context)` finds them for any of the toolkit's own
contexts. Key names stay English: `Ctrl+S` is what is printed on the keyboard.
"""

from __future__ import annotations

CONTEXT = "Qt"

STRINGS: tuple[str, ...] = (
    # Standard buttons (QPlatformTheme, QDialogButtonBox)
    *(
        "OK",
        "Save",
        "Save All",
        "Open",
        "&Yes",
        "Yes to &All",
        "&No",
        "N&o to All",
        "Abort",
        "Retry",
        "Ignore",
    ),
    *("Close", "Cancel", "Discard", "Help", "Apply", "Reset", "Restore Defaults"),
    *("Show Details...", "Hide Details..."),
    # Menus of text fields (QLineEdit, QWidgetTextControl)
    *("&Undo", "&Redo", "Cu&t", "&Copy", "Copy &Link Location", "&Paste", "Delete", "Select All"),
    # Menus of scroll bars
    *(
        "Scroll here",
        "Left edge",
        "Right edge",
        "Page left",
        "Page right",
        "Scroll left",
        "Scroll right",
        "Top",
    ),
    *("Bottom", "Page up", "Page down", "Scroll up", "Scroll down"),
    # Read aloud by screen readers (QAccessibleActionInterface)
    *(
        "Press",
        "Increase",
        "Decrease",
        "ShowMenu",
        "SetFocus",
        "Toggle",
        "Next Page",
        "Previous Page",
        "Scroll Left",
    ),
    *(
        "Scroll Right",
        "Scroll Up",
        "Scroll Down",
        "Triggers the action",
        "Increase the value",
        "Decrease the value",
    ),
    *("Shows the menu", "Sets the focus", "Toggles the state", "Goes to the next page", "Goes back a page"),
    *("Scrolls to the left", "Scrolls to the right", "Scrolls up", "Scrolls down"),
    *("Open the combo box selection popup",),
    # Application menu of macOS
    *("Services", "Hide %1", "Hide Others", "Show All", "Preferences...", "Quit %1", "About %1"),
)
