//! A translation that may be used: not more is lost than was allowed, and what comes out is as good as what went in.

use super::loss::{Loss, worst};
use super::message::{Translation, translate_as};
use super::wanted::Wanted;
use crate::messages::{Judging, read};
use crate::routing::Understands;
use crate::xml::{Tree, decode};
use std::collections::BTreeSet;

/// Why there is no translation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NotTranslated {
    /// It is no XML that can be read to its end.
    Unreadable,
    /// More would be lost than is allowed; what was told, the allowed losses too.
    TooMuchIsLost(Vec<Loss>),
    /// What came out breaks these rules, which what went in kept: a defect of ours, and nobody else's mistake.
    Defect(Vec<&'static str>),
}

/// Translates a message so that it is understood, when no more is lost than is allowed. What comes out is judged as `judging` says,
/// beside what went in.
pub fn translate_within(bytes: &[u8], understands: &Understands, judging: &Judging) -> Result<Translation, NotTranslated> {
    translate_as_within(bytes, Wanted::of(understands), judging)
}

/// The same, where more is wanted than a version.
pub fn translate_as_within(bytes: &[u8], wanted: Wanted<'_>, judging: &Judging) -> Result<Translation, NotTranslated> {
    let text = decode(bytes).map_err(|_| NotTranslated::Unreadable)?;
    let (tree, trouble) = Tree::read(&text, &judging.limits);
    let root = tree.root().filter(|_| trouble.is_none()).ok_or(NotTranslated::Unreadable)?;
    let mut new = Vec::new();
    // A label that a person wrote may tell what no element can hold; then it stays a text.
    for with_labels in [true, false] {
        let translation = translate_as(root, Wanted { with_labels, ..wanted });
        if worst(&translation.losses) > wanted.understands.max_loss {
            return Err(NotTranslated::TooMuchIsLost(translation.losses));
        }
        if translation.losses.is_empty() {
            return Ok(translation);
        }
        let after = stops(translation.text.as_bytes(), judging);
        if after.is_empty() {
            return Ok(translation);
        }
        new = after.difference(&stops(bytes, judging)).copied().collect();
        if new.is_empty() {
            return Ok(translation);
        }
    }
    Err(NotTranslated::Defect(new))
}

/// The rules that stop a message.
fn stops(bytes: &[u8], judging: &Judging) -> BTreeSet<&'static str> {
    let findings = match read(bytes, judging) {
        Ok(parsed) => parsed.findings,
        Err(unreadable) => unreadable.findings,
    };
    findings.iter().filter(|finding| finding.consequence.stops()).map(|finding| finding.rule.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translation::versions::edition::Edition;
    use crate::xml::Limits;

    const HEAD: &str = r#"<MsgHead xmlns="http://www.kith.no/xmlstds/msghead/2006-05-24"><MsgInfo><Type V="HELSEOPPL_SOKNAD" DN="x"/>
<MIGversion>v1.2 2006-05-24</MIGversion><GenDate>2026-03-02T15:30:12+01:00</GenDate><MsgId>4860a7ab-d52f-427f-9541-d90dddf2a4c6</MsgId>
<Sender><Organisation><OrganisationName>Storfjell sykehus HF</OrganisationName></Organisation></Sender>
<Receiver><Organisation><OrganisationName>Fjellvik kommune</OrganisationName></Organisation></Receiver></MsgInfo>
<Document><RefDoc><MsgType V="XML"/><Content><p:HelseopplysningerVedSoknad xmlns:p="http://www.kith.no/xmlstds/po/HelseopplysningerVedSoknad/2009-06-30" xmlns:po="http://www.kith.no/xmlstds/po/poKomponent/2009-06-30">
<po:InformasjonOmForsendelsen><po:Forsendelsesstatus V="N"/></po:InformasjonOmForsendelsen>
<po:ParorendeForesatt><po:Referanseperson/><po:Merknad>LABEL</po:Merknad></po:ParorendeForesatt>
<po:OpplysningerTilSoknad><po:EgensoknadSendt>true</po:EgensoknadSendt></po:OpplysningerTilSoknad>
</p:HelseopplysningerVedSoknad></Content></RefDoc></Document></MsgHead>"#;

    fn upwards(label: &str, root: &str) -> Result<Translation, NotTranslated> {
        let text = HEAD.replace("LABEL", label).replace("HelseopplysningerVedSoknad", root);
        let text = if root == "Innleggelsesrapport" {
            text.replace(
                "<po:OpplysningerTilSoknad><po:EgensoknadSendt>true</po:EgensoknadSendt></po:OpplysningerTilSoknad>",
                "",
            )
        } else {
            text
        };
        translate_within(text.as_bytes(), &Edition::Plo16.alone(), &Judging::incoming(Limits::default()))
    }

    #[test]
    fn a_label_that_no_element_can_hold_stays_a_text() {
        let good = upwards("[v1.6] Fødselsår mindreårig pårørende: 2015", "Innleggelsesrapport").expect("translated");
        assert!(good.text.contains("<po:FodselsarMindrearigParorende>2015<"), "{}", good.text);
        let bad = upwards("[v1.6] Fødselsår mindreårig pårørende: i fjor", "Innleggelsesrapport").expect("translated");
        assert!(bad.text.contains(": i fjor</po:Merknad>"), "{}", bad.text);
    }

    #[test]
    fn what_loses_more_than_is_allowed_is_not_translated() {
        let refused = upwards("", "HelseopplysningerVedSoknad").map(|_| ());
        let Err(NotTranslated::TooMuchIsLost(losses)) = refused else { panic!("{refused:?}") };
        assert!(losses.iter().any(|loss| loss.rule.id == "P-16"));
    }
}
