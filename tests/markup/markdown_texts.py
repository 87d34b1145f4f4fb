"""Texts for property tests: pieces of Markdown thrown together, sensible and not."""

from hypothesis import strategies as st

PIECES = (
    "a", "Trigger point", "pain’s", "É", "1", "  ", "    ", "\t", "\n", "\n\n", "\n\n\n", " \n", "  \n",
    "# ", "## ", "### ", "#### ", " {#why}", "{#", "- ", "* ", "+ ", "1. ", "2) ", "> ", ">", "> [!NOTE]\n> ",
    "> [!SUMMARY]\n> ", "> [!CALL]\n> **Call 911**\n> ", "[!TIP]", "\n: ", "\n\n: ", ": ", "~ ", "~~~\n", "```\n",
    "`", "``", "*", "**", "_", "__", "***", "[", "]", "(", ")", "[a](/b)", "[a](<b c>)", "[b](https://e.org/x \"t\")",
    "![a](image:12)", "![](/static/a.svg)", "!", "[^a]", "\n[^a]: ", "\n[^b]: x\n", "[a]", "\n[a]: /x\n", "<", ">",
    "<b>", "<https://e.org>", "<a@b.ca>", "&amp;", "&#65;", "&", "\\", "\\\n", "\\*", "|", "\n|a|b|\n|-|-:|\n|c|d|\n",
    "[Call us](tel:911)", "[when to call](/aftercare/#when)", "[it’s a](https://e.org/A?b=c)", "\n- b\n", "\n  * c",
    "---", "\n---\n", "\n===\n", "=", "+", "\x00", "\x1e", "\ud800", "\u2028", "\r\n", "\r", "$", "{}", "\u00a0",
)  # fmt: skip

markdown_texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
"""Any of the pieces in any order."""

any_text = st.one_of(markdown_texts, st.text(max_size=200))
"""The pieces, or any characters at all."""
