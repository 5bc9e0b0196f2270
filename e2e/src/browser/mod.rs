//! A person's browser: headless Chromium through chromedriver.
//!
//! People see labels, not names of inputs: fields are found by what is written
//! next to them, buttons and links by what is written on them.

mod driver;
mod fields;
mod pictures;
mod scripts;
mod session;

use std::{
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::wait::until;
use driver::Driver;
pub use pictures::Size;

/// A browser with a profile of its own.
#[derive(Debug)]
pub struct Browser {
    // Fields are dropped in this order: the session before its driver.
    web: WebDriver,
    base: String,
    pictures: PathBuf,
    complaints: Mutex<Vec<String>>,
    scripted: AtomicBool,
    /// Whether connections break: what fails for that is no fault, whenever it is told.
    bad_line: AtomicBool,
    driver: Driver,
}

impl Browser {
    /// Starts a browser at 1280 px for the portal at `base`.
    ///
    /// # Errors
    /// When chromedriver or Chromium is missing or does not start.
    pub async fn start(base: &str, name: &str) -> anyhow::Result<Self> {
        let driver = Driver::start().await?;
        let web = driver.open().await?;
        let pictures = pictures::folder(name)?;
        let complaints = Mutex::default();
        let browser = Self {
            web,
            base: base.to_owned(),
            pictures,
            complaints,
            scripted: AtomicBool::new(true),
            bad_line: AtomicBool::new(false),
            driver,
        };
        browser.resize(Size::Desk).await?;
        Ok(browser)
    }

    /// Where the portal is for this browser.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The driver, for what is not offered here.
    #[must_use]
    pub fn web(&self) -> &WebDriver {
        &self.web
    }

    /// Opens a page by its path.
    ///
    /// # Errors
    /// When the browser does not get there.
    pub async fn open(&self, path: &str) -> anyhow::Result<()> {
        self.web
            .goto(format!("{}{path}", self.base))
            .await
            .with_context(|| path.to_owned())
    }

    /// The path of the present page with its query.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn path(&self) -> anyhow::Result<String> {
        let url = self.web.current_url().await?;
        let query = url
            .query()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        Ok(format!("{}{query}", url.path()))
    }

    /// The text that a person sees.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn text(&self) -> anyhow::Result<String> {
        Ok(self
            .script("return document.body.innerText", vec![])
            .await?
            .as_str()
            .unwrap_or("")
            .to_owned())
    }

    /// The main heading.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn heading(&self) -> anyhow::Result<String> {
        let found = self
            .script(
                "return document.querySelector('h1')?.innerText ?? ''",
                vec![],
            )
            .await?;
        Ok(found.as_str().unwrap_or("").trim().to_owned())
    }

    /// The HTML as it is now.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn source(&self) -> anyhow::Result<String> {
        Ok(self.web.source().await?)
    }

    /// Waits until the page shows `text`.
    ///
    /// # Errors
    /// When it does not within the patience of [`until`].
    pub async fn see(&self, text: &str) -> anyhow::Result<()> {
        let what = format!("the page shows “{text}”");
        let found = until(&what, async || {
            Ok(self.text().await?.contains(text).then_some(()))
        });
        match found.await {
            Ok(()) => Ok(()),
            Err(error) => Err(error).with_context(|| self.driver_hint()),
        }
    }

    /// Makes sure that the page does not show `text`.
    ///
    /// # Errors
    /// When it does.
    pub async fn see_not(&self, text: &str) -> anyhow::Result<()> {
        ensure!(
            !self.text().await?.contains(text),
            "{} shows “{text}”",
            self.path().await?
        );
        Ok(())
    }

    /// Clicks the visible button or link on which `text` is written, and waits for what follows.
    ///
    /// # Errors
    /// When there is none, or it is covered.
    pub async fn click(&self, text: &str) -> anyhow::Result<()> {
        let what = format!("a button or link “{text}”");
        let found = until(&what, async || self.control(text).await);
        let Ok(element) = found.await else {
            bail!(
                "no button or link “{text}” on {}: {}",
                self.path().await?,
                self.controls().await?
            );
        };
        self.follow(&element).await
    }

    /// Whether there is a visible button or link on which `text` is written.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn offers(&self, text: &str) -> anyhow::Result<bool> {
        Ok(self.control(text).await?.is_some())
    }

    /// Clicks an element; when that leads to another page or redraws the form, waits for it.
    ///
    /// # Errors
    /// When it cannot be clicked, or nothing comes of it.
    pub async fn follow(&self, element: &WebElement) -> anyhow::Result<()> {
        let leads = self
            .script(scripts::LEADS, vec![element.to_json()?])
            .await?;
        element.scroll_into_view().await?;
        element.click().await?;
        match leads.as_str() {
            Some("redraws") if self.scripted.load(Ordering::Relaxed) => self.redrawn().await,
            Some("page" | "redraws") => self.arrive().await,
            _ => Ok(()),
        }
    }

    /// Waits until the form on which a button was pressed has been drawn again.
    async fn redrawn(&self) -> anyhow::Result<()> {
        until("the form is drawn again", async || {
            let marked = "return document.querySelector('[data-e2e-old]') === null";
            Ok((self.script(marked, vec![]).await?.as_bool() == Some(true)).then_some(()))
        })
        .await
    }

    /// Waits until a page loaded after the last [`Browser::follow`] is complete.
    async fn arrive(&self) -> anyhow::Result<()> {
        until("the next page", async || {
            let there = "return window.__old === undefined && document.readyState === 'complete'";
            // A script may fall between two pages: then it is asked again.
            Ok((self.script(there, vec![]).await?.as_bool() == Some(true)).then_some(()))
        })
        .await
    }

    /// Runs a script and gives what it returns.
    ///
    /// # Errors
    /// When it throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        Ok(self.web.execute(script, arguments).await?.json().clone())
    }

    /// Turns scripts of pages on or off, from the next page on.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn run_scripts(&self, on: bool) -> anyhow::Result<()> {
        self.scripted.store(on, Ordering::Relaxed);
        let disabled = json!({"value": !on});
        self.web
            .cdp()
            .send_raw("Emulation.setScriptExecutionDisabled", disabled)
            .await?;
        Ok(())
    }

    /// Closes the browser.
    ///
    /// # Errors
    /// When a page broke its own content policy, threw, or failed with 5xx.
    pub async fn finish(&mut self) -> anyhow::Result<()> {
        drop(self.listen().await);
        drop(self.web.clone().quit().await);
        self.driver.stop()?;
        let complaints =
            std::mem::take(&mut *self.complaints.lock().unwrap_or_else(|e| e.into_inner()));
        ensure!(
            complaints.is_empty(),
            "the browser complained: {complaints:#?}"
        );
        Ok(())
    }

    /// Remembers faults until the end.
    pub(crate) fn complain(&self, faults: impl IntoIterator<Item = String>) {
        self.complaints
            .lock()
            .unwrap_or_else(|e| e.into_inner())
            .extend(faults);
    }

    /// Collects what the browser complained about since the last time.
    pub(crate) async fn listen(&self) -> anyhow::Result<()> {
        for entry in self.web.browser_log().await? {
            let entry = serde_json::to_value(&entry).unwrap_or_default();
            let (level, message) = (
                entry["level"].as_str().unwrap_or(""),
                entry["message"].as_str().unwrap_or(""),
            );
            // A refused form (4xx) is logged by the browser, too, and so is a broken line: no fault.
            // What is sent again over such a line is refused nowhere.
            let forgiven = match self.bad_line.load(Ordering::Relaxed) {
                true => "net::ERR_",
                false => "status of 4",
            };
            if level == "SEVERE" && !message.contains(forgiven) {
                self.complaints
                    .lock()
                    .unwrap_or_else(|e| e.into_inner())
                    .push(message.to_owned());
            }
        }
        Ok(())
    }

    fn driver_hint(&self) -> String {
        format!("pictures are in {}", self.pictures.display())
    }
}
