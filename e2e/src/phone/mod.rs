//! A phone: its line to the product, and what its pages keep on it.

mod line;

use anyhow::ensure;
use serde_json::json;

pub use line::{Line, Signal};

use crate::{Browser, until};

/// Presses a button that stays on its page.
///
/// # Errors
/// There is none, or the browser does not answer.
pub async fn tap(browser: &Browser, words: &str) -> anyhow::Result<()> {
    let press = "const found = [...document.querySelectorAll('main button')]
          .filter((one) => one.getClientRects().length > 0)
          .find((one) => one.textContent.trim().startsWith(arguments[0]));
        found?.click();
        return Boolean(found);";
    let pressed = browser.script(press, vec![words.into()]).await?;
    ensure!(
        pressed == true,
        "no “{words}”: {}",
        browser.controls().await?
    );
    Ok(())
}

/// The worker has the page and its files.
///
/// # Errors
/// It never has, or the browser does not answer.
pub async fn kept(phone: &Browser, page: &str) -> anyhow::Result<()> {
    let there = "const found = await Promise.all([page,
          ...[...document.querySelectorAll('script[src]')].map((one) => one.src),
          ...[...document.querySelectorAll('link[rel=stylesheet]')].map((one) => one.href)]
          .map((url) => caches.match(url)));
        return Boolean(navigator.serviceWorker.controller) && found.every(Boolean);";
    let script = format!("return (async (page) => {{ {there} }})(arguments[0])");
    until("the phone keeps the page", async || {
        let found = phone.script(&script, vec![page.into()]).await?;
        Ok((found == json!(true)).then_some(()))
    })
    .await
}

/// Without a connection the browser itself complains; anything else would be a fault.
///
/// # Errors
/// There was one.
pub async fn quiet(phone: &Browser) -> anyhow::Result<()> {
    for entry in phone.web().browser_log().await? {
        let entry = serde_json::to_value(&entry)?;
        let message = entry["message"].as_str().unwrap_or_default();
        let severe = entry["level"] == "SEVERE";
        ensure!(!severe || message.contains("net::ERR_"), "{message}");
    }
    Ok(())
}
