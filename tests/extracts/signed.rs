//! Who says what an extract is of: the log, in those that we write, and nobody in those of before.

use super::auditor::Auditor;
use super::log::{KINDS, Log};
use super::{Bench, Deed, Knowing, judged};
use bindeledd::proof::extract::verify;
use std::fs;

#[test]
fn nobody_but_the_log_says_who_asked_what_for_and_when() {
    let (mut bench, mut deeds) = (Bench::new(), Vec::new());
    for (old, new) in [
        ("\"auditor\"", "\"somebody\""),
        ("\"audit\"", "\"fun\""),
        ("\"at\": 1,", "\"at\": 2,"),
        ("\"patient\"", "\"everything\""),
        ("\"p-7f3a\"", "null"),
        ("{", "{ "),
        ("{", "{\"lines\":1,"),
        ("\"lines\": ", "\"lines\": -"),
    ] {
        for kind in &KINDS[..3] {
            let change = |text: &[u8]| String::from_utf8_lossy(text).replacen(old, new, 1).into_bytes();
            deeds.extend(bench.change(kind, ("manifest.json", new), Knowing::Nothing, change));
        }
    }
    for at in 0..64 {
        let flip = |text: &[u8]| text.iter().enumerate().map(|(place, byte)| byte ^ u8::from(place == at)).collect();
        deeds.extend(bench.change(&KINDS[0], ("manifest.sig", "a bit flipped in"), Knowing::Nothing, flip));
    }
    for (name, length) in [("the end cut off from", 63), ("nothing left of", 0)] {
        let cut = |text: &[u8]| text[..length].to_vec();
        deeds.extend(bench.change(&KINDS[0], ("manifest.sig", name), Knowing::Nothing, cut));
    }
    let longer = |text: &[u8]| [text, b"\n"].concat();
    deeds.extend(bench.change(&KINDS[0], ("manifest.sig", "more in"), Knowing::Nothing, longer));
    let stranger = bench.deed(&KINDS[0], "signed by another");
    Log::new("as it was", 2).sign_again(&stranger.folder);
    deeds.push(stranger);
    assert_eq!(deeds.len(), 8 * 3 + 64 + 2 + 1 + 1);
    for (deed, says) in deeds.iter().zip(judged(&deeds)) {
        let unsigned = (1, "manifest.json: it is not signed with the key of the log".to_owned());
        assert_eq!(says, unsigned, "{}", deed.name);
    }
}

#[test]
fn an_extract_of_before_is_judged_and_both_say_that_nobody_has_signed_its_manifest() {
    let (mut bench, mut deeds) = (Bench::new(), Vec::new());
    let former = |text: &[u8]| String::from_utf8_lossy(text).replacen("extract-2", "extract-1", 1).into_bytes();
    for kind in &KINDS {
        let deed =
            bench.change(kind, ("manifest.json", "the format of before in"), Knowing::Nothing, former).expect("a change");
        fs::remove_file(deed.folder.join("manifest.sig")).expect("it was there");
        assert!(!verify(&deed.folder, deed.key, &[]).expect("read").is_signed, "{}", deed.name);
        deeds.extend([deed, bench.deed(kind, "nothing was done")]);
    }
    assert!(judged(&deeds).iter().all(|(code, _)| *code == 0));
    let Some(auditor) = Auditor::new() else { return };
    let arguments: Vec<Vec<String>> = deeds.iter().map(Deed::arguments).collect();
    for (at, (_, said)) in auditor.judge(arguments.iter().map(Vec::as_slice)).into_iter().enumerate() {
        let (signed, unsigned) = ("Signed by the log: who 'auditor'", "By its own word only, which nobody has signed");
        assert!(said.contains(if at % 2 == 0 { unsigned } else { signed }), "{said}");
        assert!(!said.contains(if at % 2 == 0 { signed } else { unsigned }), "{said}");
        assert_eq!(verify(&deeds[at].folder, None, &[]).expect("read").is_signed, at % 2 == 1);
    }
    // What is proven is proven in them too.
    let changed = bench.change(&KINDS[0], ("lines.ndjson", "a line changed in"), Knowing::Nothing, |text| {
        String::from_utf8_lossy(text).replacen("as it was", "as it might have been", 1).into_bytes()
    });
    let changed = changed.expect("a change");
    let manifest = changed.folder.join("manifest.json");
    fs::write(&manifest, former(&fs::read(&manifest).expect("reads"))).expect("written");
    assert_eq!(judged(&[changed]), [(1, "line 1: it is not what was sealed".to_owned())]);
}
