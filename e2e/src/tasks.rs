//! Steps of a case as people take them on its page, and what the page says to it.

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::{Api, Browser, Case, Stage, until};

const LEVELS: [&str; 4] = [
    "省（自治区、直辖市）",
    "市（州）",
    "县（市、区）",
    "乡镇（街道）",
];

/// Chooses a place in the boxes of a question, as far down as it is named.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn choose(browser: &Browser, question: &str, place: &[&str]) -> anyhow::Result<()> {
    for (level, name) in LEVELS.iter().zip(place) {
        browser.fill(&format!("{question} › {level}"), name).await?;
    }
    Ok(())
}

/// Answers many questions.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn answer(browser: &Browser, answers: &[(&str, &str)]) -> anyhow::Result<()> {
    for (question, answer) in answers {
        browser
            .answer(question, answer)
            .await
            .with_context(|| format!("{question} = {answer}"))?;
    }
    Ok(())
}

/// Presses a button; what is complained about is an error.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn go_on(browser: &Browser, button: &str) -> anyhow::Result<()> {
    browser.click_in_main(button).await?;
    no_complaints(browser).await
}

/// The page names no problem.
///
/// # Errors
/// It names one, or the browser does not answer.
pub async fn no_complaints(browser: &Browser) -> anyhow::Result<()> {
    let problems = problems(browser).await?;
    ensure!(
        problems.is_empty(),
        "{} complains: {problems}",
        browser.path().await?
    );
    Ok(())
}

/// What the page complains about.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn problems(browser: &Browser) -> anyhow::Result<String> {
    let words = "return document.querySelector('#problems')?.innerText
          ?? [...document.querySelectorAll('.told.warn')].map((one) => one.innerText)
            .find((told) => told.includes('别的窗口')) ?? ''";
    let found = browser.script(words, vec![]).await?;
    Ok(found.as_str().unwrap_or_default().to_owned())
}

/// The number in the address of the page after an application.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn number_on_page(browser: &Browser) -> anyhow::Result<String> {
    let path = browser.path().await?;
    let (_, number) = path
        .rsplit_once("/done/")
        .with_context(|| format!("not handed in: {path}"))?;
    let end = number.find('?').unwrap_or(number.len());
    Ok(number[..end].to_owned())
}

/// Opens the form of a step on a case, as whoever sits at the browser.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn open_task(browser: &Browser, number: &str, label: &str) -> anyhow::Result<()> {
    browser.open(&format!("/cases/{number}")).await?;
    let open = "const words = (one) => one.textContent.trim();
        const task = [...document.querySelectorAll('details.task')]
          .find((one) => words(one.querySelector('summary')) === arguments[0]);
        if (task) { if (!task.open) task.querySelector('summary').click(); return ''; }
        const link = [...document.querySelectorAll('.task.elsewhere a')]
          .find((one) => words(one) === arguments[0]);
        return link ? link.getAttribute('href') : null;";
    let found = browser.script(open, vec![label.into()]).await?;
    match found.as_str() {
        Some("") => Ok(()),
        Some(link) => browser.open(link).await,
        None => anyhow::bail!("no step “{label}”: {}", browser.controls().await?),
    }
}

/// Fills the open form of a step in.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn fill_task(
    browser: &Browser,
    label: &str,
    answers: &[(&str, &str)],
) -> anyhow::Result<()> {
    for (question, value) in answers {
        if *value == "+" {
            let part = format!("{label} › {question}");
            browser.click_within(&part, "添加").await?;
            continue;
        }
        let question = format!("{label} › {question}");
        browser
            .answer(&question, value)
            .await
            .with_context(|| format!("{question} = {value}"))?;
    }
    let sure = format!("{label} › 我已经核对");
    if browser.has_field(&sure).await? {
        browser.tick(&sure).await?;
    }
    Ok(())
}

/// Presses the button of the open form; gives what is complained about.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn press(browser: &Browser, label: &str) -> anyhow::Result<String> {
    browser.click_within(label, label).await?;
    problems(browser).await
}

/// Takes a step on a case.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn act(
    browser: &Browser,
    number: &str,
    label: &str,
    answers: &[(&str, &str)],
) -> anyhow::Result<()> {
    open_task(browser, number, label).await?;
    fill_task(browser, label, answers).await?;
    done(browser, label).await
}

/// Presses the button of the open form and sees that it was done.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn done(browser: &Browser, label: &str) -> anyhow::Result<()> {
    let problems = press(browser, label).await?;
    ensure!(problems.is_empty(), "{label}: {problems}");
    browser.see(&format!("已办好：{label}")).await
}

/// The stable code of a refusal.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn refused(
    who: &Api,
    number: &str,
    action: &str,
    data: &Value,
) -> anyhow::Result<String> {
    let reply = who.act_reply(number, action, data).await?;
    ensure!(reply.status >= 400, "{action} was not refused");
    Ok(reply.problem()?.code)
}

/// Steps through REST: the acts one after the other.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn acts(
    who: &Api,
    number: &str,
    steps: &[(&str, Value)],
) -> anyhow::Result<Option<Case>> {
    let mut case = None;
    for (action, data) in steps {
        case = Some(who.act(number, action, data).await?);
    }
    Ok(case)
}

/// Looks again, as people do, until the page at `path` shows `text`.
///
/// # Errors
/// The page is not as expected, or the browser does not answer.
pub async fn look_until(stage: &Stage, path: &str, text: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    until(&format!("{path} shows “{text}”"), async || {
        browser.open(path).await?;
        Ok(browser.text().await?.contains(text).then_some(()))
    })
    .await
}
