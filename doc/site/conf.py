# SPDX-License-Identifier: GPL-2.0-only
"""How Sphinx makes the site; ./waf docs starts it."""

import tcpfsm

project = "tcp-fsm"
copyright = "the authors of tcp-fsm"  # Sphinx wants that name
release = tcpfsm.__version__
extensions = ["sphinx.ext.autodoc"]
html_theme = "alabaster"
html_theme_options = {"description": "TCP by the state diagram of RFC 9293, in ns-3"}
html_show_copyright = False
autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_default_options = {"members": True}
# Docstrings write names between single backticks.
default_role = "code"
