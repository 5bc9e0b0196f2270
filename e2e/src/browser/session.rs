//! Signing in and out at the browser, and whose browser it is.

use std::sync::atomic::Ordering;

use anyhow::{Context, ensure};
use serde_json::json;
use thirtyfour::Cookie;

use super::Browser;

impl Browser {
    /// Signs in through the page; `None` when the code was wrong or used already.
    pub(crate) async fn sign_in(
        &self,
        base: &str,
        login: &str,
        password: &str,
        code: Option<&str>,
    ) -> anyhow::Result<Option<()>> {
        self.web.goto(format!("{base}/login")).await?;
        self.fill("账号", login).await?;
        self.fill("密码", password).await?;
        self.click_in_main("登录").await?;
        if let (Some(code), true) = (code, self.has_field("动态验证码").await?) {
            self.fill("动态验证码", code).await?;
            self.click_in_main("继续").await?;
            if self.has_field("动态验证码").await? {
                return Ok(None);
            }
        }
        ensure!(
            !self.path().await?.starts_with("/login"),
            "not signed in: {}",
            self.text().await?
        );
        Ok(Some(()))
    }

    /// Signs in somebody without a second factor.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn sign_in_as(&self, login: &str, password: &str) -> anyhow::Result<()> {
        self.sign_out().await?;
        self.sign_in(&self.base, login, password, None)
            .await?
            .context("refused")
    }

    /// Signs out, if somebody is signed in.
    ///
    /// # Errors
    /// When the button does not work.
    pub async fn sign_out(&self) -> anyhow::Result<()> {
        self.open("/").await?;
        if self.offers("退出").await? {
            self.click("退出").await?;
        }
        Ok(())
    }

    /// From now on it is no fault of a page that something was not loaded for want of a connection.
    pub fn has_bad_line(&self) {
        self.bad_line.store(true, Ordering::Relaxed);
    }

    /// Takes the connection away from the page, or gives it back; the page hears of it.
    ///
    /// Workers of the page keep theirs: whoever wants them without one cuts the line itself.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn offline(&self, off: bool) -> anyhow::Result<()> {
        self.has_bad_line();
        let cdp = self.web.cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        let conditions = json!({
            "offline": off, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        cdp.send_raw("Network.emulateNetworkConditions", conditions)
            .await?;
        Ok(())
    }

    /// Forgets every cookie, as another person's browser would not have them; gives them back.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn forget_cookies(&self) -> anyhow::Result<Vec<Cookie>> {
        let cookies = self.web.get_all_cookies().await?;
        self.web.delete_all_cookies().await?;
        Ok(cookies)
    }

    /// Takes up cookies that were forgotten: the browser of that person again.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn take_cookies(&self, cookies: &[Cookie]) -> anyhow::Result<()> {
        for cookie in cookies {
            self.web.add_cookie(cookie.clone()).await?;
        }
        Ok(())
    }
}
