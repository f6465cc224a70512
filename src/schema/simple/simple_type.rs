//! A simple type: what it is made of, and whether a text is a value of it.

use super::blanks::{self, WhiteSpace};
use super::builtin::Builtin;
use super::facet::FacetKind;
use super::rules::{Bound, Rules};
use super::slip::Slip;
use super::unfit::{Unfit, Unit, Why};
use super::value::{self, Value};
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

/// A simple type, compiled: shared by whatever has it, and never changed.
#[derive(Debug)]
pub struct SimpleType {
    pub(super) name: Option<Box<str>>,
    pub(super) base: Option<Arc<SimpleType>>,
    pub(super) variety: Variety,
    pub(super) white_space: WhiteSpace,
    pub(super) rules: Rules,
    /// Facets that a restriction must leave as they are.
    pub(super) fixed: Vec<FacetKind>,
    /// Every text is right: most values are of such a type.
    takes_all: bool,
}

/// How values are made up (part 2, 2.5.1).
#[derive(Debug)]
pub enum Variety {
    /// One value, written as the built-in type is.
    Atomic(Builtin),
    /// Values of one type with blanks between them.
    List(Arc<SimpleType>),
    /// A value of one of the types; the first that fits is it.
    Union(Box<[Arc<SimpleType>]>),
}

static BUILTINS: LazyLock<Vec<Arc<SimpleType>>> = LazyLock::new(|| {
    Builtin::all().fold(Vec::new(), |mut made, kind| {
        made.push(Arc::new(SimpleType::of_builtin(kind, &made)));
        made
    })
});

impl SimpleType {
    /// A built-in type; always the same one.
    pub fn builtin(kind: Builtin) -> Arc<Self> {
        Arc::clone(&BUILTINS[kind as usize])
    }

    /// A list of values of another type, which must not itself be a list or have one in it (cos-list-of-atomic): whoever
    /// reads the schema sees to that.
    pub fn list(name: Option<&str>, item: &Arc<Self>) -> Arc<Self> {
        let base = Some(Self::builtin(Builtin::AnySimpleType));
        let variety = Variety::List(Arc::clone(item));
        Arc::new(Self::made(name, base, variety, WhiteSpace::Collapse, Rules::default(), vec![FacetKind::WhiteSpace]))
    }

    /// A value of one of several types, in this order.
    pub fn union(name: Option<&str>, members: &[Arc<Self>]) -> Arc<Self> {
        let base = Some(Self::builtin(Builtin::AnySimpleType));
        Arc::new(Self::made(name, base, Variety::Union(members.into()), WhiteSpace::Preserve, Rules::default(), Vec::new()))
    }

    pub(super) fn made(
        name: Option<&str>,
        base: Option<Arc<Self>>,
        variety: Variety,
        white_space: WhiteSpace,
        rules: Rules,
        fixed: Vec<FacetKind>,
    ) -> Self {
        let takes_all = matches!(variety, Variety::Atomic(kind) if kind.is_any_text()) && rules.are_none();
        Self { name: name.map(Into::into), base, variety, white_space, rules, fixed, takes_all }
    }

    fn of_builtin(kind: Builtin, made: &[Arc<Self>]) -> Self {
        let bound = |written: &str| Bound { inclusive: true, written: written.into() };
        let (lower, upper) = kind.range();
        let mut rules = Rules { lower: lower.map(bound), upper: upper.map(bound), ..Rules::default() };
        let mut fixed = Vec::new();
        if kind.white_space() == WhiteSpace::Collapse && kind.primitive() != Builtin::String {
            fixed.push(FacetKind::WhiteSpace);
        }
        if kind.is_integer() {
            rules.fraction_digits = Some(0);
            fixed.push(FacetKind::FractionDigits);
        }
        let variety = match kind.item() {
            Some(item) => {
                rules.min_length = Some(1);
                Variety::List(Arc::clone(&made[item as usize]))
            }
            None => Variety::Atomic(kind),
        };
        let base = kind.base().map(|base| Arc::clone(&made[base as usize]));
        let name = format!("xs:{}", kind.name());
        Self::made(Some(&name), base, variety, kind.white_space(), rules, fixed)
    }

    /// The name it was given; built-in types have theirs with `xs:`. None if it is anonymous.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The name that messages call it by: its own, or that of the nearest type above it that has one.
    pub fn shown_name(&self) -> &str {
        let named = self.line().find_map(|one| one.name());
        named.unwrap_or("xs:anySimpleType")
    }

    /// What it is derived from; none for `anySimpleType`.
    pub fn base(&self) -> Option<&Arc<Self>> {
        self.base.as_ref()
    }

    /// How its values are made up.
    pub fn variety(&self) -> &Variety {
        &self.variety
    }

    /// The built-in type whose form its values have; `AnySimpleType` for lists and unions.
    pub fn form(&self) -> Builtin {
        match self.variety {
            Variety::Atomic(kind) => kind,
            Variety::List(_) | Variety::Union(_) => Builtin::AnySimpleType,
        }
    }

    /// What happens to white space before a value is judged. For a union its members decide.
    pub fn white_space(&self) -> WhiteSpace {
        self.white_space
    }

    /// Whether every text is a value of it.
    pub fn takes_every_text(&self) -> bool {
        self.takes_all
    }

    /// Whether its values must match patterns.
    pub fn has_patterns(&self) -> bool {
        !self.rules.patterns.is_empty()
    }

    /// Whether a value identifies its element in the document.
    pub fn is_id(&self) -> bool {
        self.form() == Builtin::Id
    }

    /// Whether a value, or each item of it, names an element that must be in the document.
    pub fn is_idref(&self) -> bool {
        match &self.variety {
            Variety::List(item) => item.is_idref(),
            Variety::Atomic(kind) => *kind == Builtin::Idref,
            Variety::Union(_) => false,
        }
    }

    /// Whether some value of it has a prefix: then [`Self::check_qname`] is the right question.
    pub fn has_prefixes(&self) -> bool {
        match &self.variety {
            Variety::Atomic(kind) => matches!(kind, Builtin::QName | Builtin::Notation),
            Variety::List(item) => item.has_prefixes(),
            Variety::Union(members) => members.iter().any(|member| member.has_prefixes()),
        }
    }

    /// The allowed values, when the type lists them.
    pub fn allowed(&self) -> Option<&[Box<str>]> {
        self.rules.allowed.as_deref()
    }

    /// Whether it may stand for the other (part 1, cos-st-derived-ok): it is that type, or restricts it, or is or restricts
    /// a member of it when the other is a union.
    pub fn derives_from(&self, other: &Self) -> bool {
        let is_member = |one: &Self| match &other.variety {
            Variety::Union(members) => members.iter().any(|member| one.derives_from(member)),
            Variety::Atomic(_) | Variety::List(_) => false,
        };
        self.line().any(|one| std::ptr::eq(one, other)) || is_member(self)
    }

    /// Itself and what it is derived from, step by step.
    fn line(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |one| one.base.as_deref())
    }

    /// Whether the text is a value of the type. Prefixes of qualified names are taken for declared. Nothing is allocated when
    /// all is well, save where white space inside a value has to be collapsed or a URI has characters to escape.
    pub fn check(&self, written: &str) -> Result<(), Unfit> {
        if self.takes_all { Ok(()) } else { self.judge(written, &|_| true) }
    }

    /// The same, where `is_bound` knows which prefixes are declared ("" stands for the default namespace and is not asked).
    pub fn check_qname(&self, written: &str, is_bound: &dyn Fn(&str) -> bool) -> Result<(), Unfit> {
        if self.takes_all { Ok(()) } else { self.judge(written, is_bound) }
    }

    fn judge(&self, written: &str, is_bound: &dyn Fn(&str) -> bool) -> Result<(), Unfit> {
        match &self.variety {
            Variety::Atomic(kind) => self.judge_atomic(*kind, written, is_bound),
            Variety::List(item) => self.judge_list(item, written, is_bound),
            Variety::Union(members) => self.judge_union(members, written, is_bound),
        }
    }

    fn judge_atomic(&self, kind: Builtin, written: &str, is_bound: &dyn Fn(&str) -> bool) -> Result<(), Unfit> {
        let text = self.prepared(kind, written);
        let value = value::read(kind, &text).map_err(|slip| self.unfit(Why::Form(slip)))?;
        if let Value::QName { prefix, .. } = value
            && !(prefix.is_empty() || is_bound(prefix))
        {
            return Err(self.unfit(Why::Form(Slip::PrefixUnbound)));
        }
        if self.rules.are_none() {
            return Ok(());
        }
        let unit = if kind.primitive() == Builtin::HexBinary || kind == Builtin::Base64Binary {
            Unit::Octets
        } else {
            Unit::Characters
        };
        let is_same = |one: &str| value::read(kind.primitive(), one).is_ok_and(|one| one.is_same(&value));
        self.rules
            .check_patterns(&text)
            .and_then(|()| self.rules.check_allowed(&text, is_same))
            .and_then(|()| self.rules.check_length(unit, || value.length()))
            .and_then(|()| self.rules.check_size(kind, &value))
            .map_err(|why| self.unfit(why))
    }

    fn judge_list(&self, item: &Self, written: &str, is_bound: &dyn Fn(&str) -> bool) -> Result<(), Unfit> {
        for (at, one) in blanks::items(written).enumerate() {
            let of_item = |why| self.unfit(Why::Item { number: at + 1, why: Box::new(why) });
            item.check_qname(one, is_bound).map_err(of_item)?;
        }
        if self.rules.are_none() {
            return Ok(());
        }
        let count = || Some(blanks::items(written).count() as u64);
        let text = if self.rules.need_text() { WhiteSpace::Collapse.apply(written) } else { Cow::Borrowed("") };
        self.rules
            .check_patterns(&text)
            .and_then(|()| self.rules.check_allowed(&text, |one| self.same_value(one, &text)))
            .and_then(|()| self.rules.check_length(Unit::Items, count))
            .map_err(|why| self.unfit(why))
    }

    fn judge_union(&self, members: &[Arc<Self>], written: &str, is_bound: &dyn Fn(&str) -> bool) -> Result<(), Unfit> {
        let Some(member) = members.iter().find(|member| member.check_qname(written, is_bound).is_ok()) else {
            let names = members.iter().map(|member| member.shown_name().into()).collect();
            return Err(self.unfit(Why::NoMember(names)));
        };
        if self.rules.are_none() {
            return Ok(());
        }
        let text = member.white_space.apply(written);
        self.rules
            .check_patterns(&text)
            .and_then(|()| self.rules.check_allowed(&text, |one| self.same_value(one, written)))
            .map_err(|why| self.unfit(why))
    }

    /// With the white space that the reader of the form wants. Only texts with inner blanks are looked through.
    fn prepared<'t>(&self, kind: Builtin, written: &'t str) -> Cow<'t, str> {
        let looks_inside = kind.has_inner_blanks() && (kind != Builtin::Base64Binary || self.rules.need_text());
        if looks_inside { self.white_space.apply(written) } else { Cow::Borrowed(blanks::trim(written)) }
    }

    /// Whether two texts mean the same value of the type; false if one of them is none.
    pub fn same_value(&self, one: &str, other: &str) -> bool {
        let (one_type, other_type) = match (self.active(one), self.active(other)) {
            (Some(one), Some(other)) => (one, other),
            _ => return false,
        };
        match (&one_type.variety, &other_type.variety) {
            (Variety::Atomic(kind), Variety::Atomic(of_other)) if kind.primitive() == of_other.primitive() => {
                let (one, other) = (one_type.prepared(*kind, one), other_type.prepared(*of_other, other));
                matches!((value::read(*kind, &one), value::read(*of_other, &other)), (Ok(a), Ok(b)) if a.is_same(&b))
            }
            (Variety::List(one_item), Variety::List(other_item)) if Arc::ptr_eq(one_item, other_item) => {
                let (mut ones, mut others) = (blanks::items(one), blanks::items(other));
                loop {
                    match (ones.next(), others.next()) {
                        (None, None) => return true,
                        (Some(one), Some(other)) if one_item.same_value(one, other) => {}
                        _ => return false,
                    }
                }
            }
            _ => false,
        }
    }

    /// The type whose form the text has: itself, or the first member of a union that takes it.
    fn active(&self, written: &str) -> Option<&Self> {
        match &self.variety {
            Variety::Union(members) => members.iter().find(|m| m.check(written).is_ok()).and_then(|m| m.active(written)),
            Variety::Atomic(_) | Variety::List(_) => Some(self),
        }
    }

    pub(super) fn unfit(&self, why: Why) -> Unfit {
        Unfit { type_name: self.shown_name().into(), builtin: self.form(), why }
    }
}
