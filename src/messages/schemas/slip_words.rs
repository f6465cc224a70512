//! Slips in the form of a value, in Norwegian; `Slip::words` has them in English.

use crate::schema::simple::Slip;

/// Bokmål and nynorsk, as the end of a sentence about a value.
pub fn slip(slip: Slip) -> (&'static str, &'static str) {
    match slip {
        Slip::Empty => ("den er tom", "han er tom"),
        Slip::Form => ("den er ikke skrevet slik typen skal skrives", "han er ikkje skriven slik typen skal skrivast"),
        Slip::YearZero => ("det finnes ikke noe år 0000", "det finst ikkje noko år 0000"),
        Slip::YearTooLong => ("et årstall har høyst 18 sifre", "eit årstal har høgst 18 siffer"),
        Slip::Month => ("en måned er 01 til 12", "ein månad er 01 til 12"),
        Slip::Day => ("måneden har ingen slik dag", "månaden har ingen slik dag"),
        Slip::Hour => {
            ("en time er 00 til 23, eller 24:00:00 for midnatt", "ein time er 00 til 23, eller 24:00:00 for midnatt")
        }
        Slip::Minute => ("et minutt er 00 til 59", "eit minutt er 00 til 59"),
        Slip::Second => ("et sekund er 00 til 59", "eit sekund er 00 til 59"),
        Slip::Zone => ("en tidssone er Z eller -14:00 til +14:00", "ei tidssone er Z eller -14:00 til +14:00"),
        Slip::HexDigit => ("et tegn er ikke et heksadesimalt siffer", "eit teikn er ikkje eit heksadesimalt siffer"),
        Slip::HexOdd => ("antallet sifre er ulikt; hver oktett har to", "talet på siffer er ulikt; kvar oktett har to"),
        Slip::Base64Character => ("et tegn hører ikke til Base64-alfabetet", "eit teikn høyrer ikkje til Base64-alfabetet"),
        Slip::Base64Padding => {
            ("«=» står bare til slutt, én eller to ganger", "«=» står berre til slutt, éin eller to gonger")
        }
        Slip::Base64Length => (
            "antallet tegn er ikke delelig med fire; det ser ut til at noe mangler",
            "talet på teikn er ikkje deleleg med fire; det ser ut til at noko manglar",
        ),
        Slip::Base64Bits => {
            ("det siste tegnet før «=» har bit som ikke betyr noe", "det siste teiknet før «=» har bit som ikkje tyder noko")
        }
        Slip::PrefixUnbound => ("prefikset er ikke deklarert", "prefikset er ikkje deklarert"),
        Slip::EntityUndeclared => {
            ("ingen entitet med dette navnet er deklarert", "ingen entitet med dette namnet er deklarert")
        }
    }
}
