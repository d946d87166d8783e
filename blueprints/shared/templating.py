"""How pages are compiled and run: Jinja with fixed texts translated in advance, and without detours that ours need not.

Nothing here changes what a template says or what is escaped; each shortcut falls back to Jinja's own way.
"""

import re
from collections.abc import MutableMapping
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from babel.support import NullTranslations
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

_SPECIAL = re.compile("[&<>'\"]").search
_PLAIN = frozenset({FunctionType, MethodType, BuiltinMethodType})
_IMPORT = "from jinja2.runtime import "
_OURS = "; from blueprints.shared.templating import written as escape"


def written(value: Any) -> str:
    """A value as it stands in a page: escaped as Jinja does it. Most texts have nothing to escape."""
    if type(value) is str:
        return escape(value) if _SPECIAL(value) else value
    return value if type(value) is Markup else escape(value)


class _Context(Context):
    """Calls macros, functions and methods without looking each time in how many ways they could be called."""

    def call(self, called: Any, /, *args: Any, _loop_vars: Any = None, _block_vars: Any = None, **kwargs: Any) -> Any:
        """Call something in a template; what wants the context or is none of these in Jinja's own way."""
        if type(called) is Macro:
            return called(self.eval_ctx, *args, **kwargs)
        if type(called) in _PLAIN and not hasattr(called, "jinja_pass_arg"):
            return called(*args, **kwargs)
        return super().call(called, *args, _loop_vars=_loop_vars, _block_vars=_block_vars, **kwargs)


class _Template(Template):
    """Imported templates see what every template sees, so their macros are made once, not once a page."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return self._module or super()._get_default_module()


class OneLanguage(Environment):
    """Templates whose fixed texts are translated when they are compiled, since pages have one language."""

    catalogue: NullTranslations = NullTranslations()
    context_class = _Context
    template_class = _Template

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._loaded: dict[str, Template] = {}

    def get_template(self, name: str | Template, *args: Any, **options: Any) -> Template:
        """A template by its name. Once loaded it stays as it is, so that it need not be looked up under a lock."""
        known = self._loaded.get(name) if isinstance(name, str) and not self.auto_reload else None
        if known is None:
            known = super().get_template(name, *args, **options)
            self._loaded[known.name or ""] = known
        return known

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template sees, as it is: none of ours is loaded with more, and a chain is slow to copy."""
        return super().make_globals(d) if d else self.globals

    def _generate(self, source: nodes.Template, *args: Any, **options: Any) -> str:
        translated = _Translated(self.catalogue).visit(source)
        first, rest = super()._generate(translated, *args, **options).split("\n", 1)
        return f"{first}{_OURS if first.startswith(_IMPORT) else ''}\n{rest}"


class _Translated(NodeTransformer):
    """Puts the text itself in the place of ``_("text")``."""

    def __init__(self, catalogue: NullTranslations) -> None:
        self._catalogue = catalogue

    def visit_Call(self, call: nodes.Call) -> nodes.Node:
        self.generic_visit(call)
        by_underscore = isinstance(call.node, nodes.Name) and call.node.name == "_" and len(call.args) == 1
        if not by_underscore or call.kwargs:
            return call
        if isinstance(call.args[0], nodes.Const):
            return nodes.Const(self._catalogue.gettext(call.args[0].value), lineno=call.lineno)
        return nodes.Filter(call.args[0], "translated", [], [], None, None, lineno=call.lineno)
