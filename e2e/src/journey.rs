//! A journey: a suite, a browser, named steps; a failure leaves a picture.

use std::{collections::HashMap, time::Instant};

use anyhow::Context;
use thirtyfour::Cookie;
use tokio::sync::Mutex;

use crate::{
    browser::Browser,
    suite::{Suite, SuiteBuilder},
};

/// Where a journey plays.
#[derive(Debug)]
pub struct Stage {
    /// The running product.
    pub suite: Suite,
    /// The browser that everybody uses in turn.
    pub browser: Browser,
    seats: Mutex<Seats>,
}

/// Who sits at the browser, and the cookies of those who do not.
#[derive(Debug, Default)]
struct Seats {
    sitting: String,
    cookies: HashMap<String, Vec<Cookie>>,
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
    let mut stage = Stage {
        suite,
        browser,
        seats: Mutex::default(),
    };
    let outcome = play(&stage).await;
    if outcome.is_err() {
        stage.browser.leave_evidence().await;
        eprintln!("last words of the product:\n{}", stage.suite.last_words());
    }
    let quiet = stage.browser.finish().await;
    let unnamed = stage.suite.metrics_name_nobody().await;
    let stopped = stage.suite.stop();
    outcome.with_context(|| format!("journey {name}"))?;
    quiet?;
    unnamed?;
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

    /// Lets a demo officer sit down at the browser; signs in the first time.
    ///
    /// # Errors
    /// When the sign-in is refused.
    pub async fn officer(&self, who: &str) -> anyhow::Result<()> {
        if self.sit_down(who).await? {
            return Ok(());
        }
        self.sign_in(&self.browser, who).await
    }

    /// Signs a demo officer in at any browser.
    ///
    /// # Errors
    /// When the sign-in is refused.
    pub async fn sign_in(&self, browser: &Browser, who: &str) -> anyhow::Result<()> {
        let mut last: Option<String> = None;
        let limit = std::time::Duration::from_secs(75);
        crate::wait::until_within(limit, &format!("{who} signs in"), async || {
            let account = self.suite.demo_account(who).await?;
            if account.code.is_some() && account.code == last {
                return Ok(None);
            }
            last.clone_from(&account.code);
            browser
                .sign_in(
                    browser.base(),
                    &account.login,
                    &account.password,
                    account.code.as_deref(),
                )
                .await
        })
        .await
    }

    /// Lets a citizen sit down at the browser; signs in the first time.
    ///
    /// # Errors
    /// When the sign-in is refused.
    pub async fn citizen(&self, login: &str) -> anyhow::Result<()> {
        if self.sit_down(login).await? {
            return Ok(());
        }
        let signed_in = self
            .browser
            .sign_in(self.suite.base(), login, Suite::PASSWORD, None)
            .await?;
        signed_in.context("refused")
    }

    /// Lets somebody sit down who never signs in.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn stranger(&self) -> anyhow::Result<()> {
        self.sit_down("").await.map(drop)
    }

    /// Whoever signed in just now on the present page is `who` from now on.
    pub async fn call_sitter(&self, who: &str) {
        who.clone_into(&mut self.seats.lock().await.sitting);
    }

    /// Everybody has cookies of their own; whether this one had sat here before.
    async fn sit_down(&self, who: &str) -> anyhow::Result<bool> {
        let mut seats = self.seats.lock().await;
        if seats.sitting == who && !who.is_empty() {
            return Ok(true);
        }
        self.browser.open("/help").await?;
        let cookies = self.browser.forget_cookies().await?;
        let before = std::mem::replace(&mut seats.sitting, who.to_owned());
        seats.cookies.insert(before, cookies);
        let own = if who.is_empty() {
            None
        } else {
            seats.cookies.get(who)
        };
        if let Some(own) = own {
            self.browser.take_cookies(own).await?;
        }
        Ok(own.is_some())
    }
}
