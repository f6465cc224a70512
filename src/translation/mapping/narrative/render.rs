//! The narrative of an element, by the rows of its type, in one pass.

use super::heading::heading;
use super::markup::markup;
use super::text::escape;
use super::values::{self, is_name, value};
use crate::fhir::{Json, Object};
use crate::translation::mapping::labels::label;
use crate::translation::mapping::program::{Kind, Leaf, Program, Row, Way};
use crate::xml::Node;
use std::borrow::Cow;

/// A table that is wider is no help.
const COLUMNS_MAX: usize = 6;

/// `Narrative` of an element. Sections inside have narratives of their own and are left out; none where nothing else is in it.
pub(in crate::translation::mapping) fn narrative<'t>(node: Node<'t>, of: usize, program: &Program) -> Json<'t> {
    let mut out = String::with_capacity(500);
    out.push_str("<div xmlns=\"http://www.w3.org/1999/xhtml\">");
    let before = out.len();
    heading(node, &mut out);
    let (mut is_list, page) = (false, Page { program });
    page.content(node, of, &mut is_list, &mut out);
    close_list(&mut is_list, &mut out);
    if out.len() == before {
        if page.rows(of).iter().any(|row| matches!(row.way, Way::Section | Way::SharedSection(_)))
            && node.children().next().is_some()
        {
            return Json::Null;
        }
        return no_narrative();
    }
    out.push_str("</div>");
    generated(out)
}

/// `Narrative` of an element in which nothing is to be read.
pub(in crate::translation::mapping) fn no_narrative<'t>() -> Json<'t> {
    generated("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Ingen opplysninger</p></div>".to_owned())
}

fn generated<'t>(div: String) -> Json<'t> {
    Object::new().with("status", "generated").with("div", div).into()
}

struct Page<'p> {
    program: &'p Program,
}

fn close_list(is_list: &mut bool, out: &mut String) {
    if std::mem::take(is_list) {
        out.push_str("</ul>");
    }
}

fn open_list(is_list: &mut bool, out: &mut String) {
    if !std::mem::replace(is_list, true) {
        out.push_str("<ul>");
    }
}

impl<'p> Page<'p> {
    fn rows(&self, of: usize) -> &'p [Row] {
        &self.program.of_type(of).rows
    }

    /// The row of an element; most come in the order of the rows, from `next` on.
    fn row(&self, of: usize, local: &str, next: &mut usize) -> Option<&'p Row> {
        let rows = self.rows(of);
        let is_it = |at: &usize| !rows[*at].is_attribute && rows[*at].names(local);
        let at = (*next..rows.len()).chain(0..*next).find(is_it)?;
        *next = at;
        Some(&rows[at])
    }

    /// Everything in an element, as items of a list; tables and long texts stand between lists.
    fn content(&self, node: Node<'_>, of: usize, is_list: &mut bool, out: &mut String) {
        let kind = self.program.of_type(of);
        if kind.has_names
            && let Some(name) = values::name(node)
        {
            item("Navn", |out| escape(&name, out), is_list, out);
        }
        let is_headed = kind.has_headings && headed(node, is_list, out);
        let (mut children, mut next) = (node.children().peekable(), 0);
        while let Some(child) = children.next() {
            let local = child.local();
            let Some(row) = self.row(of, local, &mut next).filter(|row| is_read(row)) else { continue };
            if is_name(local) || is_headed && matches!(local, "Overskriftskode" | "Notat") {
                continue;
            }
            match row.kind {
                Kind::Inside(inner) => {
                    let mut all = vec![child];
                    while let Some(next) = children.next_if(|next| next.local() == local) {
                        all.push(next);
                    }
                    self.groups(row, inner, &all, is_list, out);
                }
                Kind::Leaf(leaf) if !row.more.is_empty() => {
                    // The value of several elements is read where the first of them stands.
                    while children.next_if(|next| row.names(next.local())).is_some() {}
                    item(&name_of(leaf, node, label("Ident")), |out| value(leaf, node, out), is_list, out);
                }
                Kind::Leaf(Leaf::Any) if child.children().next().is_some() => {
                    close_list(is_list, out);
                    out.extend(["<p><b>", row.label, "</b></p><div>"]);
                    markup(child, out);
                    out.push_str("</div>");
                }
                Kind::Leaf(leaf) => self.leaf(child, leaf, row.label, is_list, out),
                Kind::Fixed(_) | Kind::Usual(_) | Kind::Dropped | Kind::Opaque | Kind::Content => {}
            }
        }
    }

    /// A text of several lines, or a long one, is a paragraph.
    fn leaf(&self, node: Node<'_>, leaf: Leaf, label: &'static str, is_list: &mut bool, out: &mut String) {
        const LONG_BYTES: usize = 120;
        let label = name_of(leaf, node, label);
        let text = node.text();
        if matches!(leaf, Leaf::Text | Leaf::Any) && (text.len() > LONG_BYTES || text.trim().contains('\n')) {
            close_list(is_list, out);
            out.extend(["<p><b>", &*label, ":</b><br/>"]);
            escape(&text, out);
            return out.push_str("</p>");
        }
        item(&label, |out| value(leaf, node, out), is_list, out);
    }

    /// Elements of one name beside each other: a table where there are several, else a list inside the list.
    fn groups(&self, row: &Row, of: usize, all: &[Node<'_>], is_list: &mut bool, out: &mut String) {
        if let [_, _, ..] = all
            && self.table(row, of, all, is_list, out)
        {
            return;
        }
        for node in all {
            let (before, was_list) = (out.len(), *is_list);
            open_list(is_list, out);
            out.extend(["<li><b>", row.label, "</b>"]);
            let start = out.len();
            let mut inner = false;
            self.content(*node, of, &mut inner, out);
            close_list(&mut inner, out);
            if out.len() == start {
                out.truncate(before);
                *is_list = was_list;
            } else {
                out.push_str("</li>");
            }
        }
    }

    fn table(&self, row: &Row, of: usize, all: &[Node<'_>], is_list: &mut bool, out: &mut String) -> bool {
        let lines: Vec<Vec<(Cow<'static, str>, String)>> = all.iter().map(|node| self.cells(*node, of)).collect();
        let mut columns: Vec<&str> = Vec::new();
        for (name, _) in lines.iter().flatten() {
            if !columns.contains(&&**name) {
                columns.push(name);
            }
        }
        if columns.is_empty() || columns.len() > COLUMNS_MAX {
            return false;
        }
        close_list(is_list, out);
        out.extend(["<table><caption>", row.label, "</caption><tr>"]);
        columns.iter().for_each(|name| out.extend(["<th>", *name, "</th>"]));
        out.push_str("</tr>");
        for line in &lines {
            out.push_str("<tr>");
            for column in &columns {
                out.push_str("<td>");
                let cells = line.iter().filter(|(name, _)| *name == **column).map(|(_, cell)| cell.as_str());
                out.push_str(&cells.collect::<Vec<_>>().join(", "));
                out.push_str("</td>");
            }
            out.push_str("</tr>");
        }
        out.push_str("</table>");
        true
    }

    /// The values of an element with their labels, each on one line.
    fn cells(&self, node: Node<'_>, of: usize) -> Vec<(Cow<'static, str>, String)> {
        let mut cells = Vec::new();
        if self.program.of_type(of).has_names
            && let Some(name) = values::name(node)
        {
            let mut cell = String::new();
            escape(&name, &mut cell);
            cells.push(("Navn".into(), cell));
        }
        let (mut seen, mut next): (Option<&str>, usize) = (None, 0);
        for child in node.children() {
            let local = child.local();
            let Some(row) = self.row(of, local, &mut next).filter(|row| is_read(row) && !is_name(local)) else { continue };
            let mut cell = String::new();
            let mut name = Cow::Borrowed(row.label);
            match row.kind {
                Kind::Leaf(_) if seen == Some(row.local) && !row.more.is_empty() => continue,
                Kind::Leaf(leaf) if !row.more.is_empty() => {
                    name = name_of(leaf, node, label("Ident"));
                    value(leaf, node, &mut cell);
                }
                Kind::Leaf(Leaf::Any) => escape(&all_text(child), &mut cell),
                Kind::Leaf(leaf) => {
                    name = name_of(leaf, child, row.label);
                    value(leaf, child, &mut cell);
                }
                Kind::Inside(inner) => {
                    let parts = self.cells(child, inner).into_iter();
                    let parts: Vec<String> = parts.map(|(name, cell)| format!("{name}: {cell}")).collect();
                    cell = parts.join("; ");
                }
                Kind::Fixed(_) | Kind::Usual(_) | Kind::Dropped | Kind::Opaque | Kind::Content => {}
            }
            seen = Some(row.local);
            if !cell.trim().is_empty() {
                cells.push((name, cell));
            }
        }
        cells
    }
}

/// What a value is called: an id by its kind, anything else by its element.
fn name_of(leaf: Leaf, node: Node<'_>, label: &'static str) -> Cow<'static, str> {
    match leaf {
        Leaf::Identifier(_) => values::kind_of_id(node).into(),
        _ => label.into(),
    }
}

/// All text, without its markup.
fn all_text(node: Node<'_>) -> String {
    node.descendants().map(|node| node.text().into_owned()).collect::<Vec<_>>().join(" ")
}

/// A text of a record under its heading; false where it has none.
fn headed(node: Node<'_>, is_list: &mut bool, out: &mut String) -> bool {
    let (Some(heading), Some(text)) = (values::part(node, "Overskriftskode"), values::part(node, "Notat")) else {
        return false;
    };
    let (mut over, mut under) = (String::new(), String::new());
    values::code(heading, None, &mut over);
    escape(&text.text(), &mut under);
    if !(over.is_empty() && under.is_empty()) {
        close_list(is_list, out);
        out.extend(["<p><b>", &*over, "</b><br/>", &*under, "</p>"]);
    }
    true
}

fn item(label: &str, value: impl FnOnce(&mut String), is_list: &mut bool, out: &mut String) {
    let (before, was_list) = (out.len(), *is_list);
    open_list(is_list, out);
    out.extend(["<li>", label, ": "]);
    let start = out.len();
    value(out);
    if out[start..].trim().is_empty() {
        out.truncate(before);
        *is_list = was_list;
    } else {
        out.push_str("</li>");
    }
}

/// Sections have narratives of their own.
fn is_read(row: &Row) -> bool {
    !matches!(row.way, Way::Section)
}
