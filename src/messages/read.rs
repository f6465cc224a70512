//! Bytes → a message of a known type with its envelope, and every finding that the message alone can give.

use super::apprec::model::AppRec;
use super::apprec::{self, AppRecView};
use super::arrival_rules::{
    r004_sender_can_be_determined as r004, r006_size_within_limits as r006, r009_well_formed as r009,
    r010_bytes_match_the_declared_encoding as r010, r011_no_doctype as r011, r012_root_is_supported as r012,
    r013_message_is_valid as r013,
};
use super::conversation::{Conversation, Turn};
use super::judging::Judging;
use super::kind::MessageType;
use super::msghead::model::{MsgHead, NAMESPACE};
use super::msghead::{self, HeadView};
use super::survey::Survey;
use super::{place, plo, recognise, schemas, values};
use crate::domain::{Envelope, Ident, Receiver, Role, Timestamp};
use crate::rulebook::{Detail, Finding};
use crate::schema::{Validator, mends};
use crate::xml::{Limits, Node, Tree, Trouble, TroubleKind, Watch, decode};

/// So many findings are kept of one message, beside those of the schemas: one made of nothing but mistakes must not fill the log.
const FINDINGS_MAX: usize = 300;

/// A message whose envelope we know. It may still be wrong: the findings tell.
pub struct Parsed {
    /// Which type.
    pub kind: &'static MessageType,
    /// The envelope.
    pub envelope: Envelope,
    /// The head or the receipt as types.
    pub body: Body,
    /// What the message alone shows.
    pub findings: Vec<Finding>,
    /// The patient objects to forwarding (rule R-158).
    pub reserved: bool,
    /// What its conversation sees of it, if it refers to other messages.
    pub turn: Option<Box<Turn>>,
}

impl Parsed {
    /// The numbers of the patient; none for a message about nobody, and for an AppRec, which names nobody.
    pub fn patient(&self) -> &[Ident] {
        match &self.body {
            Body::Business(head) => head.info.patient.as_ref().map_or(&[], |patient| &patient.idents),
            Body::Receipt(_) => &[],
        }
    }

    /// Adds what is wrong with it, given what the log knows of the messages that it refers to. Before the door: a sender's own
    /// system is to hear of it before anything is sent.
    pub fn compare_with(&mut self, conversation: &Conversation, judging: &Judging) {
        let Some(turn) = &self.turn else { return };
        let mut more: Vec<Finding> =
            recognise::conversation_checks().filter_map(|check| check(turn, conversation)).collect();
        judging.settle(&mut more);
        self.findings.extend(more);
        self.findings.sort_by_key(|finding| (finding.place, finding.rule.id));
    }
}

/// What was read into types.
pub enum Body {
    /// A message with a MsgHead.
    Business(Box<MsgHead>),
    /// An AppRec.
    Receipt(Box<AppRec>),
}

/// Bytes that hold no message which could be answered.
#[derive(Debug)]
pub struct Unreadable {
    /// Why; never empty.
    pub findings: Vec<Finding>,
}

/// Reads a message. When the XML breaks off after the head, the envelope is salvaged, so that the sender can get its T01.
pub fn read(bytes: &[u8], judging: &Judging) -> Result<Parsed, Unreadable> {
    let mut validator = Validator::new(&judging.schemas);
    let read = read_unsettled(bytes, &judging.limits, &mut validator, |validator, tree| {
        let problems = validator.finish();
        let mended = judging.mends.then(|| mends(&judging.schemas, tree.source(), &judging.limits, &problems));
        schemas::findings(&problems, &mended.unwrap_or_default(), tree)
    });
    match read {
        Ok(mut parsed) => {
            judging.settle(&mut parsed.findings);
            Ok(parsed)
        }
        Err(mut unreadable) => {
            judging.settle(&mut unreadable.findings);
            Err(unreadable)
        }
    }
}

/// `watch` sees every event while the tree is made; `seen` says afterwards what it found.
fn read_unsettled<W: Watch>(
    bytes: &[u8],
    limits: &Limits,
    watch: &mut W,
    seen: impl FnOnce(&mut W, &Tree<'_>) -> Vec<Finding>,
) -> Result<Parsed, Unreadable> {
    let text = decode(bytes).map_err(|trouble| Unreadable { findings: vec![finding_of(&trouble, None)] })?;
    let (tree, trouble) = Tree::read_watched(&text, limits, watch);
    let trouble = trouble.map(|trouble| finding_of(&trouble, tree.root()));
    let unreadable = |finding| Unreadable { findings: trouble.iter().cloned().chain(finding).collect() };
    let Some(root) = tree.root() else { return Err(unreadable(None)) };
    let name = root.name();
    let typed = if name.namespace == NAMESPACE && name.local == "MsgHead" {
        msghead::read(root).map(|head| business(root, head))
    } else if let Some(kind) = apprec::TYPES.iter().find(|kind| kind.namespace == name.namespace && name.local == kind.root)
    {
        apprec::read(root, kind.apprec).map(|model| receipt(root, kind, model))
    } else {
        return Err(unreadable(trouble.is_none().then(|| place::finding(&r012::RULE, root, &[]))));
    };
    let mut parsed = match (typed, trouble.is_some()) {
        (Ok(parsed), _) => parsed,
        // Where the text broke off, what is missing is missing for that reason.
        (Err(_), true) => return Err(unreadable(None)),
        // The schema says best what is wrong: it sees a name that is only misspelled.
        (Err(missing), false) => {
            let by_schema = seen(watch, &tree);
            let by_hand = by_schema.is_empty().then(|| place::finding(&r013::RULE, root, missing));
            return Err(Unreadable { findings: by_schema.into_iter().chain(by_hand).collect() });
        }
    };
    parsed.findings.extend(r004::check(&parsed.envelope, root));
    parsed.findings.extend(r006::check(bytes.len()));
    match trouble {
        // What the rules say about a message that broke off would only hide what is really wrong with it.
        Some(trouble) => parsed.findings = vec![trouble],
        None => {
            parsed.findings.extend(seen(watch, &tree));
            parsed.findings.sort_by_key(|finding| (finding.place, finding.rule.id));
        }
    }
    Ok(parsed)
}

/// Reads a stored message again; it was readable when it was stored.
pub fn reread(bytes: &[u8], limits: &Limits) -> Option<Parsed> {
    read_unsettled(bytes, limits, &mut (), |(), _| Vec::new()).ok()
}

/// What a conversation needs of a stored message, unjudged. `None` for what is no business message.
pub fn recall(bytes: &[u8], limits: &Limits) -> Option<Turn> {
    let text = decode(bytes).ok()?;
    let (tree, _) = Tree::read(&text, limits);
    let root = tree.root().filter(|root| root.is(NAMESPACE, "MsgHead"))?;
    let head = msghead::read(root).ok()?;
    let kind = recognise::type_of(&head);
    let view = HeadView { model: &head, kind, root, survey: Survey::default() };
    Some(Turn::of(&head, kind, root, view.content()))
}

fn business(root: Node<'_>, head: MsgHead) -> Parsed {
    let kind = recognise::type_of(&head);
    let view = HeadView { model: &head, kind, root, survey: Survey::of(root) };
    let mut findings = Vec::new();
    recognise::checks_of(kind).for_each(|check| check.run(&view, &mut findings));
    findings.extend(values::rules::CHECKS.iter().flat_map(|check| check(&view.survey).into_iter().take(msghead::MANY)));
    findings.truncate(FINDINGS_MAX);
    place::locate(&mut findings, root);
    let reserved = plo::rules::r158_a_reservation_stops_forwarding::is_reserved(&view);
    let refers = head.info.conversation.is_some();
    let turn = refers.then(|| Box::new(Turn::of(&head, kind, root, view.content())));
    let info = &head.info;
    let envelope = Envelope {
        msg_id: info.msg_id.clone(),
        type_code: info.message_type.v.clone(),
        type_name: info.message_type.dn.clone(),
        gen_date: info.gen_date.clone(),
        generated_at: Timestamp::parse_xs_date_time(&info.gen_date),
        conversation: info.conversation.clone(),
        sender: info.sender.organisation.party(),
        receivers: msghead::rules::r067_copy_receivers_are_full_receivers::receivers(info),
    };
    Parsed { kind, envelope, body: Body::Business(Box::new(head)), findings, reserved, turn }
}

fn receipt(root: Node<'_>, kind: &'static MessageType, model: AppRec) -> Parsed {
    let view = AppRecView { model: &model, root };
    let mut findings: Vec<Finding> = apprec::rules::CHECKS.iter().filter_map(|check| check(&view)).collect();
    let survey = Survey::of(root);
    findings.extend(values::rules::CHECKS.iter().flat_map(|check| check(&survey)));
    findings.truncate(FINDINGS_MAX);
    place::locate(&mut findings, root);
    let envelope = Envelope {
        msg_id: model.id.clone(),
        type_code: "APPREC".into(),
        type_name: "Applikasjonskvittering".into(),
        gen_date: model.gen_date.clone(),
        generated_at: Timestamp::parse_xs_date_time(&model.gen_date),
        conversation: None,
        sender: model.sender.hcp.party(),
        receivers: vec![Receiver { party: model.receiver.hcp.party(), role: Role::Primary }],
    };
    Parsed { kind, envelope, body: Body::Receipt(Box::new(model)), findings, reserved: false, turn: None }
}

/// What the reading layer found, under the rule that forbids it.
fn finding_of(trouble: &Trouble, root: Option<Node<'_>>) -> Finding {
    let (rule, found) = match &trouble.kind {
        TroubleKind::NotXml(malformed) => (&r009::RULE, Detail::words(malformed.sentence(), malformed.sentence_nb())),
        TroubleKind::Encoding(encoding) => (&r010::RULE, Detail::words(encoding.sentence(), encoding.sentence_nb())),
        TroubleKind::Doctype => (&r011::RULE, Detail::words("a DOCTYPE", "en DOCTYPE")),
        TroubleKind::TooMuch { limit, allowed } => {
            (&r006::RULE, Detail::more_than(*allowed, limit.name(), limit.unit(), limit.unit_nb()))
        }
    };
    let path = root.map_or_else(|| "/".to_string(), |root| root.path(place::PREFIXES));
    Finding::new(rule).at(trouble.place, path).found(found)
}
