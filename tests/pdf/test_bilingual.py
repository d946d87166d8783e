"""Values inside a text from right to left keep their own order, and the signs around them that of the sentence."""

import pytest

from models.rules.texts import Pair
from pdf.base.bilingual import LEFT_TO_RIGHT_MARK as L
from pdf.base.bilingual import RIGHT_TO_LEFT_MARK as R
from pdf.base.bilingual import row_of


@pytest.mark.parametrize(
    ("text", "values", "printed"),
    [
        ("{day}، ساعت {time}، {place}", {"day": "12.01.2027", "time": "09:30", "place": "Haus 5, Raum 1"},
         f"{L}12.01.2027{R}، ساعت {L}09:30{R}، {L}Haus {L}5,{L} {L}Raum {L}1"),
        ("کورس ({place}) – شما", {"place": "Modul 3"}, f"کورس {L}({L}Modul {L}3){L} – شما"),
        ("قانون (§ 50 SGB II). پیش", {}, f"قانون {L}({L}§ {L}50 {L}SGB {L}II){L}. پیش"),
        ("تلفن: {phone}.", {"phone": "06851 801-0"}, f"تلفن: {L}06851 {L}801-{L}0."),
    ],
)  # fmt: skip
def test_a_value_keeps_its_order(text, values, printed):
    row = row_of(Pair("Deutsch", text), values, is_rtl=True)
    assert row.translation[0].lines == (printed,)
    assert row_of(Pair("Deutsch", text), values, is_rtl=False).translation[0].lines == (text.format(**values),)
