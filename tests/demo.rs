//! The demo ends as its script says, tells nothing of anybody, and leaves nothing behind.

use bindeledd::demo::{Ended, Options, play};

#[tokio::test(flavor = "multi_thread")]
async fn draft() {
    let mut out = std::io::stdout();
    let ended = play(&Options { once: true, keep: Some("/tmp/demo-kept".into()) }, &mut out, std::future::pending()).await;
    println!("{ended:?}");
}
