//! The FHIR transport in the conformance suite: real requests over the loopback interface, answered by OperationOutcomes.

use super::book::Book;
use super::http::{FarEnd, Manners, Out, listen, open};
use super::{Saw, WayIn, WayOut};
use bindeledd::transports::BoxFuture;
use bindeledd::transports::fhir::{self, Delivers, OutOptions, Outbound};
use bindeledd::transports::http::{self, Target};
use std::sync::Arc;

static MANNERS: Manners = Manners {
    router: fhir::router,
    path: "/fhir/$process-message",
    content_type: "application/fhir+json",
    receipt: |headers, told| {
        assert!(told.starts_with(r#"{"resourceType":"OperationOutcome""#), "{told}");
        let place = headers["location"].to_str().unwrap();
        Saw::Receipt { tracking: place.replace("/messages/", ""), repeated: None }
    },
};

pub fn open_in(book: Arc<Book>, limit: usize) -> BoxFuture<'static, Arc<dyn WayIn>> {
    open(book, limit, &MANNERS)
}

pub fn open_out() -> BoxFuture<'static, Arc<dyn WayOut>> {
    Box::pin(async {
        let far_end = Arc::new(FarEnd::default());
        let address = listen(far_end.clone()).await;
        let target = Target::parse(&format!("http://{address}/fhir"), false).unwrap();
        let base = http::OutOptions::new(target);
        let options = OutOptions { base, delivers: Delivers::Message, with_original: false };
        let outbound = Box::new(Outbound::new(&options).unwrap());
        Arc::new(Out { outbound, far_end }) as Arc<dyn WayOut>
    })
}
