//! A journey: a suite, a browser, named steps; a failure leaves a picture.

use std::time::Instant;

use anyhow::Context;

use crate::{
    browser::Browser,
    suite::{Suite, SuiteBuilder},
};

/// Where a journey plays.
#[derive(Debug)]
pub struct Stage {
    /// The running product.
    pub suite: Suite,
    /// One person's browser.
    pub browser: Browser,
}

/// Starts a suite and a browser, lets `play` act, and ends both cleanly.
///
/// Pictures go to `target/screenshots/<name>/`; a failure adds `failed-*.png`.
///
/// # Errors
/// What `play` failed with, or that something did not end well.
pub async fn journey(
    name: &str,
    suite: SuiteBuilder,
    play: impl AsyncFnOnce(&Stage) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let began = Instant::now();
    let suite = suite.start().await?;
    let browser = Browser::start(suite.base(), name).await?;
    eprintln!(
        "· {name}: product and browser are there after {:.1?}",
        began.elapsed()
    );
    let mut stage = Stage { suite, browser };
    let outcome = play(&stage).await;
    if outcome.is_err() {
        stage.browser.leave_evidence().await;
        eprintln!("last words of the product:\n{}", stage.suite.last_words());
    }
    let quiet = stage.browser.finish().await;
    let stopped = stage.suite.stop();
    outcome.with_context(|| format!("journey {name}"))?;
    quiet?;
    stopped
}

impl Stage {
    /// One named step; its name and duration are printed, and name a failure.
    ///
    /// # Errors
    /// What the step failed with.
    pub async fn step<T>(
        &self,
        name: &str,
        act: impl Future<Output = anyhow::Result<T>>,
    ) -> anyhow::Result<T> {
        let began = Instant::now();
        let outcome = act.await.with_context(|| format!("step: {name}"));
        eprintln!(
            "· {:>6.1?} {name}{}",
            began.elapsed(),
            if outcome.is_ok() { "" } else { " FAILED" }
        );
        outcome
    }

    /// Signs a demo account in through the pages.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn sign_in(&self, who: &str) -> anyhow::Result<()> {
        let base = self.suite.base();
        self.browser.sign_out().await?;
        let mut last: Option<String> = None;
        let limit = std::time::Duration::from_secs(75);
        crate::wait::until_within(limit, &format!("{who} signs in"), async || {
            let account = self.suite.demo_account(who).await?;
            if account.code.is_some() && account.code == last {
                return Ok(None);
            }
            last.clone_from(&account.code);
            self.browser
                .sign_in(
                    base,
                    &account.login,
                    &account.password,
                    account.code.as_deref(),
                )
                .await
        })
        .await
    }
}
