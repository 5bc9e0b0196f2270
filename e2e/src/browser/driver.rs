//! chromedriver on a free port, and headless Chromium.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use nix::sys::signal::Signal;
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::prelude::*;

use yiwang_chassis::servers::free_port;

use crate::{api, process::Program, wait::until};

const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
];

/// A running chromedriver with a profile folder.
#[derive(Debug)]
pub(super) struct Driver {
    program: Option<Program>,
    home: TempDir,
    url: String,
}

impl Driver {
    /// Starts it and waits until it answers.
    pub(super) async fn start() -> anyhow::Result<Self> {
        let home = tempfile::Builder::new()
            .prefix("yiwang-browser-")
            .tempdir()?;
        let port = free_port()?;
        let log = home.path().join("driver.log");
        // Whatever Chromium wants to keep outside its profile dies with this folder.
        let place = home.path().display().to_string();
        let environment = ["HOME", "TMPDIR"].map(|name| (name.to_owned(), place.clone()));
        let program = Program::start(
            &find("chromedriver")?,
            &[format!("--port={port}")],
            &environment,
            &log,
        )?;
        let driver = Self {
            program: Some(program),
            home,
            url: format!("http://127.0.0.1:{port}"),
        };
        let http = api::client()?;
        until("chromedriver answers", async || {
            let status = http.get(format!("{}/status", driver.url)).send().await?;
            Ok(status.status().is_success().then_some(()))
        })
        .await?;
        Ok(driver)
    }

    /// Opens a browser.
    pub(super) async fn open(&self) -> anyhow::Result<WebDriver> {
        let profile = self.home.path().join("profile");
        fs::create_dir_all(&profile)?;
        let mut capabilities = DesiredCapabilities::chrome();
        for flag in FLAGS {
            capabilities.add_arg(flag)?;
        }
        capabilities.add_arg(&format!("--user-data-dir={}", profile.display()))?;
        capabilities.add_arg("--lang=zh-CN")?;
        capabilities.add_arg("--window-size=1280,900")?;
        capabilities.set_binary(&find("chromium")?.display().to_string())?;
        capabilities.set("goog:loggingPrefs", json!({"browser": "ALL"}))?;
        let web =
            WebDriver::builder(&self.url, capabilities).request_timeout(Duration::from_secs(90));
        web.await.with_context(|| {
            self.program
                .as_ref()
                .map(Program::last_words)
                .unwrap_or_default()
        })
    }

    /// Ends it, and makes sure that no browser is left.
    pub(super) fn stop(&mut self) -> anyhow::Result<()> {
        let Some(mut program) = self.program.take() else {
            return Ok(());
        };
        program
            .end(Signal::SIGTERM, Duration::from_secs(20))
            .map(drop)
    }
}

/// The program on the search path, or where Debian has it.
fn find(name: &str) -> anyhow::Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&path).chain([Path::new("/usr/bin").to_owned()]);
    let Some(found) = places
        .map(|place| place.join(name))
        .find(|file| file.is_file())
    else {
        bail!(
            "{name} is missing: deploy/test installs it (apt-get install chromium chromium-driver)"
        );
    };
    Ok(found)
}
