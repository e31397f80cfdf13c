"""The column at the right of a screen: sections of rows, scrolled as a whole. Must not be wider than 380 px at 100 %."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from i18n.message import Message
from ui.look import Look
from ui.theme.tokens import HANG, MARGIN_RIGHT, SIDE_WIDE
from ui.widgets.row import SectionHead
from ui.widgets.text import Hairline

_BAR = 10
_SETTLED_MS = 40
_ROOM = 48


class Column(QWidget):
    """A vertical stack whose children keep their height; `add` appends, `clear` empties."""

    def __init__(self, parent: QWidget | None = None, gap: int = 0) -> None:
        super().__init__(parent)
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.setSpacing(gap)
        self._pushed = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Append a widget."""
        self.stack.insertWidget(self.stack.count() - 1 if self._pushed else self.stack.count(), widget)

    def push_up(self) -> None:
        """Keep what is in it at the top. An alignment of the layout would squeeze wrapped words instead."""
        self._pushed = True
        self.stack.addStretch(1)

    def clear(self) -> None:
        """Remove and delete all."""
        while (item := self.stack.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        if self._pushed:
            self.stack.addStretch(1)


def inset(widget: QWidget, left: int = HANG, top: int = 0, right: int = HANG, bottom: int = 0) -> QWidget:
    """A widget moved in from its column's edge: by default to the text edge, 12 px inside the rows."""
    holder = QWidget()
    line = QVBoxLayout(holder)
    line.setContentsMargins(left, top, right, bottom)
    line.addWidget(widget)
    return holder


def scrolled(inner: QWidget) -> Scroller:
    """A frameless vertical scroll area around a widget; reached by Tab only through what is inside."""
    return Scroller(inner)


class Scroller(QScrollArea):
    """Gives its widget the whole width and the height its wrapped words need there; scrolls only beyond that.

    Qt's own resizable mode ignores heights that follow from the width.
    """

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._fit)
        self._wanted: QWidget | None = None
        self._show_wanted = QTimer(self)
        self._show_wanted.setSingleShot(True)
        self._show_wanted.setInterval(_SETTLED_MS)
        self._show_wanted.timeout.connect(self._bring_into_sight)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self._bar = QScrollBar(Qt.Orientation.Vertical, self)
        self._bar.hide()
        self._bar.valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(self._bar.setValue)
        self.verticalScrollBar().rangeChanged.connect(self._range_changed)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        inner.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        self._bar.setGeometry(self.width() - _BAR, 0, _BAR, self.height())
        self._bar.raise_()
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content changed: measure again, after its layout has settled (asking a dirty layout would clean it)."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._later.start()
        return False

    def sizeHint(self) -> QSize:
        """As large as the content wishes."""
        inner = self.widget()
        return inner.sizeHint() if inner is not None else super().sizeHint()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """What got the focus must be in sight, also when it was made a moment ago."""
        if not isValid(self):  # the focus leaves what is being taken down
            return
        inner = self.widget()
        if new is not None and inner is not None and inner.isAncestorOf(new):
            self._wanted = new
            self._show_wanted.start()

    def _bring_into_sight(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None and isValid(wanted) and wanted.hasFocus() and not isinstance(wanted, QTextEdit):
            self.ensureWidgetVisible(self._whole_of(wanted), 0, _ROOM)

    def _whole_of(self, wanted: QWidget) -> QWidget:
        """What belongs together is shown together, where there is room: the list of a chooser with its buttons."""
        at: QWidget | None = wanted
        while at is not None and at is not self.widget():
            if at.property("whole_in_sight") and at.height() <= self.viewport().height():
                return at
            at = at.parentWidget()
        return wanted

    def _range_changed(self, least: int, most: int) -> None:
        """The bar lies over the content, so that text edges stay where they are."""
        self._bar.setRange(least, most)
        self._bar.setPageStep(self.viewport().height())
        self._bar.setSingleStep(24)
        self._bar.setVisible(most > least)

    def _fit(self) -> None:
        inner = self.widget()
        if inner is None:
            return
        width = min(self.viewport().width(), inner.maximumWidth())
        layout = inner.layout()
        needed = inner.minimumSizeHint().height()
        if layout is not None:
            needed = (
                layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.minimumSize().height()
            )
        inner.resize(width, max(self.viewport().height(), needed))


class Section(Column):
    """A headed group: texts stand on the panel's text edge, rows hang 12 px outside it. `rows` takes the content."""

    def __init__(
        self,
        look: Look,
        message: Message | str,
        icon: str = "",
        action: Message | str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, gap=4)
        self.head = SectionHead(look, message, icon, action)
        holder = QWidget()
        inset = QVBoxLayout(holder)
        inset.setContentsMargins(HANG, 0, HANG, 0)
        inset.addWidget(self.head)
        self.add(holder)
        self.rows = Column()
        self.add(self.rows)

    def inset(self, widget: QWidget) -> QWidget:
        """Wrap a widget so that it stands on the text edge; append it to the rows."""
        holder = QWidget()
        inset = QVBoxLayout(holder)
        inset.setContentsMargins(HANG, 0, HANG, 0)
        inset.addWidget(widget)
        self.rows.add(holder)
        return holder


class SidePanel(QWidget):
    """The right column with its hairline; `add` appends sections with 20 px between them."""

    def __init__(self, look: Look, width: int = SIDE_WIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._wide = width
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(Hairline(upright=True))
        self.column = Column(gap=20)
        self.column.stack.setContentsMargins(24 - HANG, 12, MARGIN_RIGHT - HANG, 24)
        self.column.push_up()
        line.addWidget(scrolled(self.column), 1)
        look.theme.changed.connect(self._measure)
        self._measure()

    def add(self, widget: QWidget) -> None:
        """Append a section."""
        self.column.add(widget)

    def _measure(self) -> None:
        grown = self._wide * (1 + max(0, self.look.theme.scale - 100) / 400)
        self.setFixedWidth(round(grown))
