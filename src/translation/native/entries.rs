//! The resources of a Bundle, and what references lead to.

use super::at::{At, Used};
use crate::fhir::{Json, Path};
use crate::translation::mapping::TAGS;

/// The Bundle and its resources.
pub(super) struct Entries<'b> {
    pub bundle: At<'b>,
    pub resources: Vec<Entry<'b>>,
}

/// One resource.
pub(super) struct Entry<'b> {
    url: &'b str,
    id: &'b str,
    pub at: At<'b>,
}

impl<'b> Entries<'b> {
    pub fn of(bundle: &'b Json<'b>, used: &'b Used) -> Self {
        let bundle = At::new(bundle, Path::new("Bundle"), used);
        let entry = |entry: At<'b>| {
            let url = entry.peek_of("fullUrl").unwrap_or_default();
            let at = entry.get("resource")?;
            Some(Entry { url, id: at.peek_of("id").unwrap_or_default(), at })
        };
        let resources = bundle.each("entry").into_iter().filter_map(entry).collect();
        Self { bundle, resources }
    }

    /// The MessageHeader, which is the first.
    pub fn header(&self) -> Option<&At<'b>> {
        self.resources.first().map(|first| &first.at).filter(|at| at.resource_type() == "MessageHeader")
    }

    /// All resources of a type, in their order.
    pub fn all(&self, resource_type: &str) -> Vec<At<'b>> {
        let of_type = self.resources.iter().filter(|entry| entry.at.resource_type() == resource_type);
        of_type.map(|entry| entry.at.clone()).collect()
    }

    /// The resource that a URL or `Type/id` names.
    pub fn named(&self, reference: &str) -> Option<At<'b>> {
        let by_url = self.resources.iter().find(|entry| !entry.url.is_empty() && entry.url == reference);
        let by_id = || {
            let (resource_type, id) = reference.rsplit_once('/')?;
            let is_it = |entry: &&Entry<'_>| {
                !id.is_empty() && entry.id == id && resource_type.rsplit('/').next() == Some(entry.at.resource_type())
            };
            self.resources.iter().find(is_it)
        };
        by_url.or_else(by_id).map(|entry| entry.at.clone())
    }

    /// The resource that a Reference in a resource leads to, in the Bundle or contained; the Reference counts as read.
    pub fn follow(&self, reference: &At<'b>, holder: &At<'b>) -> Option<At<'b>> {
        let to = reference.peek_of("reference")?;
        let found = match to.strip_prefix('#') {
            Some(inner) => holder.each("contained").into_iter().find(|one| one.peek_of("id") == Some(inner)),
            None => self.named(to),
        };
        if found.is_some() {
            reference.done();
        }
        found
    }
}

/// Whether a Bundle was made from a message by this gateway.
pub(super) fn is_from_message(bundle: &Json<'_>) -> bool {
    let header = bundle.first("entry").and_then(|entry| entry.get("resource"));
    let tags = header.and_then(|header| header.get("meta")?.get("tag")).map_or(&[][..], Json::items);
    let text = |tag: &Json<'_>, name: &str, wanted: &str| tag.get(name).and_then(Json::text) == Some(wanted);
    tags.iter().any(|tag| text(tag, "system", TAGS) && text(tag, "code", "from-kith"))
}
