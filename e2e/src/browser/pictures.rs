//! Pictures of whole pages at both widths, and what must hold on every page.

use std::{env, fs, path::PathBuf};

use anyhow::Context;
use base64::Engine;
use serde_json::json;

use super::{Browser, scripts};

/// The width of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 1280 px: a desk.
    Desk,
    /// 390 px: a phone.
    Phone,
}

impl Size {
    const fn width(self) -> u32 {
        match self {
            Self::Desk => 1280,
            Self::Phone => 390,
        }
    }

    const fn height(self) -> u32 {
        match self {
            Self::Desk => 900,
            Self::Phone => 844,
        }
    }
}

impl Browser {
    /// Makes the window this size.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn resize(&self, size: Size) -> anyhow::Result<()> {
        let screen = json!({
            "width": size.width(), "height": size.height(),
            "deviceScaleFactor": 1, "mobile": size == Size::Phone,
        });
        self.web()
            .cdp()
            .send_raw("Emulation.setDeviceMetricsOverride", screen)
            .await?;
        Ok(())
    }

    /// Looks at the page as a person at a desk and one with a phone do: takes both
    /// pictures, and finds what no page may have: things wider than the screen,
    /// inputs without a label, no or two main headings. What is found is told at the end,
    /// so that a page that is wrong does not hide the pages after it.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn look(&self, name: &str) -> anyhow::Result<()> {
        let mut wrong = Vec::new();
        for size in [Size::Desk, Size::Phone] {
            self.resize(size).await?;
            self.screenshot(&format!("{name}-{}", size.width())).await?;
            let found = self
                .script(scripts::FAULTS, vec![json!(size == Size::Phone)])
                .await?;
            for fault in found.as_array().into_iter().flatten() {
                wrong.push(format!(
                    "{} px: {}",
                    size.width(),
                    fault.as_str().unwrap_or("?")
                ));
            }
        }
        self.resize(Size::Desk).await?;
        self.listen().await?;
        let path = self.path().await?;
        let wrong = wrong
            .into_iter()
            .map(|fault| format!("{name} ({path}) {fault}"));
        self.complain(wrong);
        Ok(())
    }

    /// A picture of the whole page in `target/screenshots/<journey>/<name>.png`.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn screenshot(&self, name: &str) -> anyhow::Result<()> {
        let cdp = self.web().cdp();
        let layout = cdp.send_raw("Page.getLayoutMetrics", json!({})).await?;
        let content = &layout["cssContentSize"];
        let height = content["height"].as_f64().unwrap_or(900.0).min(16_000.0);
        let clip = json!({"x": 0, "y": 0, "width": content["width"], "height": height, "scale": 1});
        let wanted = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        let answer = cdp.send_raw("Page.captureScreenshot", wanted).await?;
        let data = answer["data"].as_str().context("no picture")?;
        let png = base64::engine::general_purpose::STANDARD.decode(data)?;
        fs::write(self.pictures.join(format!("{name}.png")), png)?;
        Ok(())
    }

    /// Keeps the page on which something went wrong.
    pub async fn leave_evidence(&self) {
        drop(self.screenshot("failed").await);
        if let Ok(source) = self.source().await {
            drop(fs::write(self.pictures.join("failed.html"), source));
        }
        eprintln!("see {}", self.pictures.join("failed.png").display());
    }
}

/// A fresh folder for the pictures of one journey, in the target folder.
pub(super) fn folder(name: &str) -> anyhow::Result<PathBuf> {
    let test = env::current_exe()?;
    let target = test
        .ancestors()
        .find(|dir| dir.join("CACHEDIR.TAG").is_file());
    let target = target.map_or_else(env::temp_dir, PathBuf::from);
    let folder = target.join("screenshots").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
