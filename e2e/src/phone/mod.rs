//! A phone: its line to the product, and what its pages keep on it.

mod line;

use serde_json::json;

pub use line::{Line, Signal};

use crate::{Browser, until};

/// Presses a button that stays on its page, if it is there; whether it was.
///
/// # Errors
/// The browser does not answer.
pub async fn press(browser: &Browser, words: &str) -> anyhow::Result<bool> {
    let press = "const found = [...document.querySelectorAll('main button')]
          .filter((one) => one.getClientRects().length > 0)
          .find((one) => one.textContent.trim().startsWith(arguments[0]));
        found?.click();
        return Boolean(found);";
    let pressed = browser.script(press, vec![words.into()]).await?;
    Ok(pressed == true)
}

/// Presses a button that stays on its page, as soon as it is there.
///
/// # Errors
/// There is none, or the browser does not answer.
pub async fn tap(browser: &Browser, words: &str) -> anyhow::Result<()> {
    let what = format!("a button “{words}”");
    let pressed = until(&what, async || {
        Ok(press(browser, words).await?.then_some(()))
    });
    match pressed.await {
        Ok(()) => Ok(()),
        Err(error) => Err(error.context(browser.controls().await?)),
    }
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
