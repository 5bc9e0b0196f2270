//! Fields as people find them: by the words beside them.
//!
//! A field is named by its label, or by a path from the outside in, written with
//! ` › `: `家庭成员 › 第1位 › 姓名`. The parts before the last are legends or
//! headings that enclose it; each part needs to be only the beginning of the words.

use anyhow::{Context, bail, ensure};
use serde_json::json;
use thirtyfour::prelude::*;

use super::{Browser, scripts};
use crate::wait::until;

impl Browser {
    /// Types `value` into the field, or chooses the option of that name.
    ///
    /// # Errors
    /// When there is no such field or option.
    pub async fn fill(&self, field: &str, value: &str) -> anyhow::Result<()> {
        let element = self.field(field).await?;
        match (
            element.tag_name().await?.as_str(),
            element.attr("type").await?.as_deref(),
        ) {
            ("select", _) => {
                let chosen = self
                    .script(scripts::SELECT, vec![element.to_json()?, json!(value)])
                    .await?;
                ensure!(
                    chosen.as_bool() == Some(true),
                    "{field} has no option {value}"
                );
            }
            (_, Some("radio" | "checkbox")) => bail!("{field} is to be ticked, not filled"),
            (_, Some("file")) => element.send_keys(value).await?,
            // chromedriver cannot type beyond the basic plane; scripts can.
            _ if value.chars().any(|c| c > '\u{ffff}' || c.is_control()) => {
                self.script(scripts::SET, vec![element.to_json()?, json!(value)])
                    .await?;
            }
            _ => {
                element.scroll_into_view().await?;
                element.clear().await?;
                element.send_keys(value).await?;
            }
        }
        Ok(())
    }

    /// Ticks a box or chooses a radio button by the words beside it.
    ///
    /// # Errors
    /// When there is none.
    pub async fn tick(&self, field: &str) -> anyhow::Result<()> {
        let element = self.field(field).await?;
        if !element.is_selected().await? {
            self.script(scripts::CLICK_LABEL, vec![element.to_json()?])
                .await?;
        }
        ensure!(
            element.is_selected().await?,
            "{field} did not take the tick"
        );
        Ok(())
    }

    /// Answers a question of a form, however it is drawn: types, selects, or ticks.
    ///
    /// # Errors
    /// When there is no such question or answer.
    pub async fn answer(&self, question: &str, answer: &str) -> anyhow::Result<()> {
        let option = format!("{question} › {answer}");
        let what = format!("a field “{question}”");
        let found = until(&what, async || {
            // Words of a legend with the answer inside are nearer than a label elsewhere.
            if let Some(radio) = self.find_field(&option).await? {
                return Ok(Some((option.clone(), Some(radio))));
            }
            let field = self.find_field(question).await?;
            Ok(field.map(|_| (question.to_owned(), None)))
        });
        match found.await {
            Ok((field, Some(_))) => self.tick(&field).await,
            Ok((field, None)) if matches!(answer, "√" | "是") => self.tick(&field).await,
            Ok((field, None)) if answer == "否" => self.untick(&field).await,
            Ok((field, None)) => self.fill(&field, answer).await,
            Err(error) => {
                let words = self.script(scripts::LABELS, vec![]).await?;
                Err(error).with_context(|| format!("labels here: {words}"))
            }
        }
    }

    /// Takes the tick out of a box.
    ///
    /// # Errors
    /// When there is none.
    pub async fn untick(&self, field: &str) -> anyhow::Result<()> {
        let element = self.field(field).await?;
        if element.is_selected().await? {
            self.script(scripts::CLICK_LABEL, vec![element.to_json()?])
                .await?;
        }
        ensure!(!element.is_selected().await?, "{field} kept the tick");
        Ok(())
    }

    /// What stands in the field now: the text, the option's words, or `true` and `false`.
    ///
    /// # Errors
    /// When there is no such field.
    pub async fn value(&self, field: &str) -> anyhow::Result<String> {
        let element = self.field(field).await?;
        let value = self
            .script(scripts::VALUE, vec![element.to_json()?])
            .await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Whether there is such a field now.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn has_field(&self, field: &str) -> anyhow::Result<bool> {
        Ok(self.find_field(field).await?.is_some())
    }

    /// The input with these words beside it.
    ///
    /// # Errors
    /// When there is none; then with the words that are there.
    pub async fn field(&self, field: &str) -> anyhow::Result<WebElement> {
        let found = until(&format!("a field “{field}”"), async || {
            self.find_field(field).await
        })
        .await;
        match found {
            Ok(element) => Ok(element),
            Err(error) => {
                let words = self.script(scripts::LABELS, vec![]).await?;
                Err(error).with_context(|| format!("labels here: {words}"))
            }
        }
    }

    /// Clicks a button of the page's own part, not of its head.
    ///
    /// # Errors
    /// When there is none.
    pub async fn click_in_main(&self, text: &str) -> anyhow::Result<()> {
        let button = self
            .script(scripts::CONTROL, vec![json!(text), json!("main")])
            .await?;
        ensure!(
            !button.is_null(),
            "no button “{text}” on {}",
            self.path().await?
        );
        let element = WebElement::from_json(button, self.web().handle().clone())?;
        self.follow(&element).await
    }

    /// Clicks the button or link inside the part of the page with this legend or heading.
    ///
    /// # Errors
    /// When there is none.
    pub async fn click_within(&self, part: &str, text: &str) -> anyhow::Result<()> {
        let what = format!("“{text}” within “{part}”");
        let found = until(&what, async || {
            let found = self
                .script(
                    scripts::CONTROL_WITHIN,
                    vec![json!(parts(part)), json!(text)],
                )
                .await?;
            Ok((!found.is_null()).then_some(found))
        });
        let element = WebElement::from_json(found.await?, self.web().handle().clone())?;
        self.follow(&element).await
    }

    /// Hands files to the upload field of the material with this heading.
    ///
    /// # Errors
    /// When there is none.
    pub async fn attach(&self, material: &str, file: &std::path::Path) -> anyhow::Result<()> {
        let found = self
            .script(scripts::FILE_INPUT, vec![json!(material)])
            .await?;
        ensure!(
            !found.is_null(),
            "no upload for “{material}” on {}",
            self.path().await?
        );
        let element = WebElement::from_json(found, self.web().handle().clone())?;
        element.send_keys(file.display().to_string()).await?;
        Ok(())
    }

    pub(super) async fn control(&self, text: &str) -> anyhow::Result<Option<WebElement>> {
        let found = self
            .script(scripts::CONTROL, vec![json!(text), json!("body")])
            .await?;
        if found.is_null() {
            return Ok(None);
        }
        Ok(Some(WebElement::from_json(
            found,
            self.web().handle().clone(),
        )?))
    }

    /// What is written on the buttons and links of the page.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn controls(&self) -> anyhow::Result<String> {
        Ok(self.script(scripts::CONTROLS, vec![]).await?.to_string())
    }

    async fn find_field(&self, field: &str) -> anyhow::Result<Option<WebElement>> {
        let found = self
            .script(scripts::FIELD, vec![json!(parts(field))])
            .await?;
        if found.is_null() {
            return Ok(None);
        }
        Ok(Some(WebElement::from_json(
            found,
            self.web().handle().clone(),
        )?))
    }
}

fn parts(path: &str) -> Vec<&str> {
    path.split('›').map(str::trim).collect()
}
