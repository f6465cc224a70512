//! Bytes to a tree, strictly and within bounds.

use super::events::{Events, Token};
use super::limits::{Limit, Limits};
use super::number::Number;
use super::quick;
use super::tree::{Json, Member, Object, has_a_name_twice};
use super::trouble::{Trouble, TroubleKind};
use std::borrow::Cow;
use std::collections::HashSet;

/// Reads one document: UTF-8, with or without a byte order mark.
///
/// # Errors
/// The first thing that is not JSON, a name that an object has twice, or a limit that is passed.
pub fn read<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Json<'a>, Trouble> {
    let quickly = if bytes.len() > limits.document_bytes { None } else { quick::read(bytes, limits) };
    quickly.map_or_else(|| slowly(bytes, limits), Ok)
}

/// The same, token by token: what is wrong can be told, and where.
pub(super) fn slowly<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Json<'a>, Trouble> {
    let mut reading = Reading {
        events: Events::of(bytes),
        limits,
        values: 0,
        open: Vec::with_capacity(16),
        items: Vec::with_capacity(16),
        members: Vec::with_capacity(64),
    };
    if bytes.len() > limits.document_bytes {
        let kind = TroubleKind::TooMuch { limit: Limit::DocumentBytes, allowed: limits.document_bytes };
        return Err(reading.events.trouble(kind, limits.document_bytes));
    }
    while let Some(token) = reading.events.next()? {
        reading.take(token)?;
    }
    // The events end without an error only behind one complete value.
    Ok(reading.items.pop().unwrap_or(Json::Null))
}

/// An object or an array that has not ended: where its content begins in the store of its kind.
#[derive(Clone, Copy)]
enum Open {
    Array(usize),
    Object(usize),
}

/// What is not finished waits in two stores, so that each object and array is one allocation of the right size.
struct Reading<'a, 'l> {
    events: Events<'a>,
    limits: &'l Limits,
    values: usize,
    open: Vec<Open>,
    items: Vec<Json<'a>>,
    members: Vec<Member<'a>>,
}

impl<'a> Reading<'a, '_> {
    fn take(&mut self, token: Token<'a>) -> Result<(), Trouble> {
        match token {
            Token::ObjectKey(name) => self.members.push((name, Json::Null)),
            Token::String(text) => self.value(Json::Text(text))?,
            Token::Number(token) => self.value(Json::Number(Number::read(token)))?,
            Token::Boolean(value) => self.value(Json::Bool(value))?,
            Token::Null => self.value(Json::Null)?,
            Token::StartArray => self.begin(Open::Array(self.items.len()))?,
            Token::StartObject => self.begin(Open::Object(self.members.len()))?,
            Token::EndArray | Token::EndObject => self.end()?,
            Token::Eof => {}
        }
        Ok(())
    }

    fn begin(&mut self, open: Open) -> Result<(), Trouble> {
        if self.open.len() >= self.limits.depth {
            return Err(self.too_much(Limit::Depth, self.limits.depth));
        }
        self.open.push(open);
        self.count()
    }

    fn end(&mut self) -> Result<(), Trouble> {
        let ended = match self.open.pop() {
            Some(Open::Array(from)) => Json::Array(self.items.split_off(from)),
            Some(Open::Object(from)) => {
                let members = self.members.split_off(from);
                if has_a_name_twice(&members) {
                    return Err(self.events.trouble(TroubleKind::NameTwice, second_of_a_name(self.events.bytes())));
                }
                Json::Object(Object::read(members))
            }
            None => Json::Null,
        };
        self.put(ended);
        Ok(())
    }

    fn value(&mut self, value: Json<'a>) -> Result<(), Trouble> {
        self.put(value);
        self.count()
    }

    fn put(&mut self, value: Json<'a>) {
        match (self.open.last(), self.members.last_mut()) {
            (Some(Open::Object(_)), Some(member)) => member.1 = value,
            _ => self.items.push(value),
        }
    }

    fn count(&mut self) -> Result<(), Trouble> {
        self.values += 1;
        if self.values > self.limits.values_total {
            return Err(self.too_much(Limit::ValuesTotal, self.limits.values_total));
        }
        Ok(())
    }

    fn too_much(&self, limit: Limit, allowed: usize) -> Trouble {
        self.events.trouble(TroubleKind::TooMuch { limit, allowed }, self.events.behind() - 1)
    }
}

/// Where the first name stands that its object has already. Asked only when there is one, so it may read everything again.
fn second_of_a_name(bytes: &[u8]) -> usize {
    let mut events = Events::of(bytes);
    let mut open: Vec<HashSet<Cow<'_, str>>> = Vec::new();
    loop {
        let ahead = events.ahead();
        match events.next() {
            Ok(Some(Token::StartObject | Token::StartArray)) => open.push(HashSet::new()),
            Ok(Some(Token::EndObject | Token::EndArray)) => drop(open.pop()),
            Ok(Some(Token::ObjectKey(name))) => {
                let is_new = open.last_mut().is_some_and(|names| names.insert(name));
                if !is_new {
                    return ahead;
                }
            }
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => return ahead,
        }
    }
}
