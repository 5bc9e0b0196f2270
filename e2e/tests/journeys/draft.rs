//! Nothing typed is lost: a draft saves itself, survives closing the browser, and a
//! session that ends in the middle leads back to the very page.

use anyhow::ensure;
use yiwang_e2e::{
    Browser, Family, Stage, Suite, journey,
    phone::{Line, Signal, tap},
    until,
};

use crate::hands::*;

#[tokio::test]
async fn a_draft_survives_closing_and_an_ended_session() -> anyhow::Result<()> {
    journey("draft", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        let family = Family::new(4);
        register(
            stage,
            &family.applicant.0,
            &family.applicant.1,
            "draft-writer",
        )
        .await?;
        half_filled(stage, &family).await?;
        stage
            .step(
                "closes the browser; another one, later, goes on where it was",
                async {
                    let mut later = Browser::start(stage.suite.base(), "draft-later").await?;
                    let outcome = goes_on(&later, &family).await;
                    if outcome.is_err() {
                        later.leave_evidence().await;
                    }
                    later.finish().await?;
                    outcome
                },
            )
            .await?;
        stage
            .step(
                "the button waits for the draft; the line is slow, then breaks",
                async {
                    let line = Line::to(stage.suite.base(), "POST /drafts/").await?;
                    let mut slow = Browser::start(line.base(), "draft-slow").await?;
                    let outcome = pressed_early(stage, &line, &slow).await;
                    if outcome.is_err() {
                        slow.leave_evidence().await;
                    }
                    slow.finish().await?;
                    outcome
                },
            )
            .await?;
        stage
            .step(
                "the session is ended elsewhere while the form is being filled in",
                async {
                    browser.open("/apply/minimum-living?step=5").await?;
                    step_hardship(browser).await?;
                    end_other_sessions(stage).await?;
                    browser.click_in_main("下一步").await?;
                    browser.see("刚才填的内容还在").await?;
                    browser.look("03-session-over").await?;
                    answer(
                        browser,
                        &[("账号", "draft-writer"), ("密码", Suite::PASSWORD)],
                    )
                    .await?;
                    go_on(browser, "登录").await?;
                    browser.see("困难情况").await?;
                    let story = browser.value("困难情况 › 想说明的情况").await?;
                    ensure!(story == "山上地少，靠种苞谷过日子。", "lost: {story:?}");
                    ensure!(
                        browser.value("困难情况 › 主要原因").await? != "请选择",
                        "the choice is lost"
                    );
                    browser.look("04-back").await?;
                    go_on(browser, "下一步").await
                },
            )
            .await?;
        stage
            .step(
                "the draft is finished and submitted, and is a draft no more",
                async {
                    step_account(browser, &family).await?;
                    go_on(browser, "下一步").await?;
                    go_on(browser, "下一步").await?;
                    go_on(browser, "提交申请").await?;
                    number_on_page(browser).await?;
                    browser.open("/my").await?;
                    browser.see_not("还没填完的").await
                },
            )
            .await
    })
    .await
}

/// Fills half of the form in and leaves without pressing anything.
async fn half_filled(stage: &Stage, family: &Family) -> anyhow::Result<()> {
    let browser = &stage.browser;
    stage
        .step("half of the form, the rest saves itself", async {
            browser.open("/apply/minimum-living").await?;
            step_place(browser).await?;
            go_on(browser, "下一步").await?;
            step_applicant(browser, family).await?;
            go_on(browser, "下一步").await?;
            step_members(browser, family).await?;
            go_on(browser, "下一步").await?;
            browser.fill("家庭财产 › 存款、理财", "4321").await?;
            until("the page says that it is saved", async || {
                let said = browser
                    .script(
                        "return document.querySelector('[data-saved]').innerText",
                        vec![],
                    )
                    .await?;
                let here = said.as_str().unwrap_or("").contains("已保存");
                Ok((here && is_saved(stage, "432100").await?).then_some(()))
            })
            .await?;
            browser.look("01-half").await
        })
        .await
}

/// Whether the draft that the product has says so.
async fn is_saved(stage: &Stage, words: &str) -> anyhow::Result<bool> {
    let stranger = stage.suite.stranger();
    let api = stranger
        .sign_in("draft-writer", Suite::PASSWORD, None)
        .await?;
    let draft = api.get("/api/v1/drafts/minimum-living").await?;
    Ok(draft.expect(200)?.text().contains(words))
}

/// The form saves itself, and its own window is never taken for another one.
async fn pressed_early(stage: &Stage, line: &Line, slow: &Browser) -> anyhow::Result<()> {
    const SAVINGS: &str = "家庭财产 › 存款、理财";
    let next_step = async || {
        until("the next step", async || {
            Ok(slow.path().await?.contains("step=5").then_some(()))
        })
        .await
    };
    slow.has_bad_line();
    slow.sign_in_as("draft-writer", Suite::PASSWORD).await?;
    slow.open("/apply/minimum-living?step=4").await?;
    line.set(Signal::Late);
    slow.fill(SAVINGS, "4322").await?;
    until("saved, and the page does not know", async || {
        Ok((line.lost() > 0 && is_saved(stage, "432200").await?).then_some(()))
    })
    .await?;
    tap(slow, "下一步").await?;
    slow.see("正在保存…").await?;
    line.set(Signal::Good);
    next_step().await?;
    slow.open("/apply/minimum-living?step=4").await?;
    line.set(Signal::Deaf);
    slow.fill(SAVINGS, "4323").await?;
    slow.see("网络断了，填的内容还在这一页").await?;
    ensure!(is_saved(stage, "432300").await?, "it never arrived");
    tap(slow, "下一步").await?;
    slow.see("还没有存上，填的内容还在这一页。请再按一次")
        .await?;
    slow.look("broken").await?;
    slow.fill(SAVINGS, "4324").await?;
    line.set(Signal::Good);
    tap(slow, "下一步").await?;
    next_step().await?;
    ensure!(
        is_saved(stage, "432400").await?,
        "what was typed since is lost"
    );
    Ok(())
}

async fn goes_on(later: &Browser, family: &Family) -> anyhow::Result<()> {
    later.sign_in_as("draft-writer", Suite::PASSWORD).await?;
    later.open("/").await?;
    later.see("接着填").await?;
    later.look("02-home-with-draft").await?;
    later.click("接着填").await?;
    ensure!(
        later.value("家庭财产 › 存款、理财").await? == "4321",
        "{}",
        later.value("家庭财产 › 存款、理财").await?
    );
    step_assets(later).await?;
    go_on(later, "下一步").await?;
    later.open("/apply/minimum-living?step=2").await?;
    ensure!(
        later.value("申请人 › 姓名").await? == family.applicant.0,
        "the name is lost"
    );
    ensure!(
        later.value("申请人 › 身份证号码").await? == family.applicant.1,
        "the number is lost"
    );
    later.see("竹山县").await?;
    later.open("/apply/minimum-living?step=3").await?;
    ensure!(
        later.value("家庭成员 2 › 姓名").await? == family.child.0,
        "the child is lost"
    );
    Ok(())
}

/// Ends every other session of the writer, from a browser of its own.
async fn end_other_sessions(stage: &Stage) -> anyhow::Result<()> {
    let mut other = Browser::start(stage.suite.base(), "draft-other").await?;
    let outcome = async {
        other.sign_in_as("draft-writer", Suite::PASSWORD).await?;
        other.open("/account").await?;
        other.look("sessions").await?;
        while other.offers("让它退出").await? {
            other.click("让它退出").await?;
        }
        anyhow::Ok(())
    };
    let outcome = outcome.await;
    other.finish().await?;
    outcome
}
