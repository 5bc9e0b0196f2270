//! What the family does with the pages, and the staff of the home over REST.

use anyhow::{Context, ensure};
use yiwang_e2e::{Api, Browser, Case, tasks, until};
pub(crate) use yiwang_e2e::{
    Person, Staff, certified,
    tasks::{answer, go_on, number_on_page},
};

/// 通山县通羊镇 and its cemetery.
pub(crate) const TOWN: &str = "421224100";
pub(crate) const CEMETERY: &str = "421224100-GM01";

const TOWN_NAMES: [&str; 4] = ["湖北省", "咸宁市", "通山县", "通羊镇"];
/// Chooses 通羊镇 in the boxes of a question.
pub(crate) async fn choose_town(browser: &Browser, question: &str) -> anyhow::Result<()> {
    tasks::choose(browser, question, &TOWN_NAMES).await
}

/// The page names no problem.
pub(crate) async fn no_complaints(browser: &Browser) -> anyhow::Result<()> {
    let problems = browser.script(
        "return document.querySelector('#problems')?.innerText ?? ''",
        vec![],
    );
    let problems = problems.await?;
    ensure!(
        problems == "",
        "{} complains: {problems}",
        browser.path().await?
    );
    Ok(())
}

/// Follows the first link of this kind on the page.
pub(crate) async fn first_link(browser: &Browser, selector: &str) -> anyhow::Result<()> {
    let link = browser
        .script(
            "return document.querySelector(arguments[0])?.getAttribute('href') ?? ''",
            vec![selector.into()],
        )
        .await?;
    let link = link.as_str().filter(|link| !link.is_empty());
    let link = link.with_context(|| format!("no {selector} on the page"))?;
    browser.open(link).await
}

/// Waits until the case is in this state, for whoever asks.
pub(crate) async fn wait_for(who: &Api, number: &str, state: &str) -> anyhow::Result<Case> {
    until(&format!("{number} is {state}"), async || {
        let case = who.case(number).await?;
        Ok((case.state() == state).then_some(case))
    })
    .await
}
