//! For whoever reads large print or has no mouse; and without any script.

use anyhow::ensure;
use thirtyfour::Key;
use yiwang_e2e::{Browser, Family, Office, Suite, id_number, journey, until};

use crate::hands::*;

#[tokio::test]
async fn large_print_stays_on_every_page() -> anyhow::Result<()> {
    journey("large-print", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        browser.open("/").await?;
        let small = print_size(browser).await?;
        browser.click("长辈版").await?;
        let large = print_size(browser).await?;
        ensure!(
            large >= small * 1.25,
            "large print is {large} px, the other {small} px"
        );
        for (name, path) in [
            ("home", "/"),
            ("guide", "/items/minimum-living"),
            ("login", "/login"),
            ("register", "/register"),
            ("notices", "/notices"),
            ("help", "/help"),
        ] {
            browser.open(path).await?;
            ensure!(
                (print_size(browser).await? - large).abs() < 0.1,
                "{path} forgot the large print"
            );
            browser.look(name).await?;
        }
        register(stage, "何大山", &Family::new(5).applicant.1, "large-print").await?;
        ensure!(
            (print_size(browser).await? - large).abs() < 0.1,
            "forgotten after registering"
        );
        browser.open("/apply/minimum-living").await?;
        browser.look("apply").await?;
        browser.open("/apply/minimum-living?step=2").await?;
        browser.look("apply-applicant").await?;
        browser.click("标准版").await?;
        ensure!(
            (print_size(browser).await? - small).abs() < 0.1,
            "it does not go back"
        );
        ensure!(
            browser.path().await?.starts_with("/apply/minimum-living"),
            "it left the page"
        );
        Ok(())
    })
    .await
}

async fn print_size(browser: &Browser) -> anyhow::Result<f64> {
    let size = browser.script(
        "return parseFloat(getComputedStyle(document.body).fontSize)",
        vec![],
    );
    Ok(size.await?.as_f64().unwrap_or_default())
}

#[tokio::test]
async fn the_keyboard_is_enough_to_register_and_to_object() -> anyhow::Result<()> {
    journey("keyboard", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        stage
            .step(
                "the first stop is the way past the head of the page",
                async {
                    browser.open("/register").await?;
                    press(browser, Key::Tab).await?;
                    ensure!(
                        focused(browser).await? == "跳到正文",
                        "{}",
                        focused(browser).await?
                    );
                    ensure!(focus_is_visible(browser).await?, "the focus cannot be seen");
                    press(browser, Key::Enter).await?;
                    Ok(())
                },
            )
            .await?;
        stage
            .step("registers with the keyboard", async {
                let id = id_number("420323", "19790315", 399);
                for text in ["何大山", &id, "13871234567", "keyboard", Suite::PASSWORD] {
                    tab_to_input(browser).await?;
                    ensure!(focus_is_visible(browser).await?, "the focus cannot be seen");
                    type_text(browser, text).await?;
                }
                press(browser, Key::Enter).await?;
                until_path(browser, "/my").await
            })
            .await?;
        stage
            .step("objects with the keyboard", async {
                let family = Family::new(6);
                let (citizen, _) = family.register(&stage.suite).await?;
                let number = family.submit(&citizen).await?.number().to_owned();
                let office = Office::open(&stage.suite).await?;
                office.accept(&number).await?;
                office.investigate(&stage.suite, &number).await?;
                let (_, notice) = office.publish(&number).await?;
                browser.open(&format!("/notices/{notice}")).await?;
                while browser
                    .script("return document.activeElement.id", vec![])
                    .await?
                    != "content"
                {
                    press(browser, Key::Tab).await?;
                }
                type_text(browser, "我看见他家有车。").await?;
                while focused(browser).await? != "提交意见" {
                    press(browser, Key::Tab).await?;
                    ensure!(
                        focus_is_visible(browser).await?,
                        "the focus cannot be seen on {}",
                        focused(browser).await?
                    );
                }
                press(browser, Key::Enter).await?;
                browser.see("收到").await?;
                office.wait_for(&number, "objected").await.map(drop)
            })
            .await?;
        stage
            .step(
                "the error summary takes the focus and leads to the field",
                async {
                    browser.sign_out().await?;
                    browser.open("/register").await?;
                    browser.fill("姓名", "何大山").await?;
                    browser.click_in_main("注册").await?;
                    let inside = "return document.activeElement.closest('#problems') !== null";
                    until("the focus is on what is wrong", async || {
                        Ok((browser.script(inside, vec![]).await? == true).then_some(()))
                    })
                    .await?;
                    press(browser, Key::Tab).await?;
                    press(browser, Key::Enter).await?;
                    let at = "return document.activeElement.name || location.hash";
                    until("the first link leads to the field", async || {
                        let at = browser.script(at, vec![]).await?;
                        Ok((at == "id_number" || at == "#id_number").then_some(()))
                    })
                    .await?;
                    browser.look("errors").await
                },
            )
            .await
    })
    .await
}

#[tokio::test]
async fn a_family_applies_without_any_script() -> anyhow::Result<()> {
    journey("no-script", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        let family = Family::new(7);
        let (_, login) = family.register(&stage.suite).await?;
        browser.run_scripts(false).await?;
        stage.citizen(&login).await?;
        browser.open("/apply/minimum-living").await?;
        find_town(browser, "向哪个乡镇（街道）申请").await?;
        browser.look("where").await?;
        go_on(browser, "下一步").await?;
        let answers = [
            ("怎样申请", "全家一起申请"),
            ("申请人 › 姓名", family.applicant.0.as_str()),
            ("申请人 › 身份证号码", &family.applicant.1),
            ("申请人 › 联系电话", "13871234567"),
            ("申请人 › 户籍类型", "农村"),
            ("申请人 › 详细住址", "明清村三组12号"),
        ];
        answer(browser, &answers).await?;
        for (question, value) in ADULT {
            browser
                .answer(&format!("申请人 › {question}"), value)
                .await?;
        }
        find_town(browser, "申请人 › 户籍所在地").await?;
        find_town(browser, "申请人 › 现居住地").await?;
        ensure!(
            browser.value("申请人 › 姓名").await? == family.applicant.0,
            "lost while looking a place up"
        );
        browser
            .answer("申请人 › 收入 › 怎样填写", "按每月填写")
            .await?;
        browser
            .answer("申请人 › 收入 › 种养和经营净收入", "300")
            .await?;
        go_on(browser, "下一步").await?;
        step_members(browser, &family).await?;
        browser.look("members").await?;
        go_on(browser, "下一步").await?;
        step_assets(browser).await?;
        go_on(browser, "下一步").await?;
        step_hardship(browser).await?;
        go_on(browser, "下一步").await?;
        step_account(browser, &family).await?;
        go_on(browser, "下一步").await?;
        let file = on_disk(stage.suite.data(), "老屋.jpg", &yiwang_e2e::photo())?;
        browser.attach("其他能说明困难情况的材料", &file).await?;
        browser
            .click_within("其他能说明困难情况的材料", "上传")
            .await?;
        browser.see("老屋.jpg").await?;
        go_on(browser, "下一步").await?;
        browser.look("review").await?;
        go_on(browser, "提交申请").await?;
        number_on_page(browser).await.map(drop)
    })
    .await
}

/// Looks a place up by name, the way without scripts.
async fn find_town(browser: &Browser, question: &str) -> anyhow::Result<()> {
    browser
        .fill(&format!("{question} › 写县和乡镇的名称"), "竹山县城关镇")
        .await?;
    browser.click_within(question, "查找").await?;
    browser.answer(question, "湖北省十堰市竹山县城关镇").await
}

async fn press(browser: &Browser, key: Key) -> anyhow::Result<()> {
    let focus = browser.web().active_element().await?;
    focus.send_keys(key).await?;
    Ok(())
}

async fn type_text(browser: &Browser, text: &str) -> anyhow::Result<()> {
    browser
        .web()
        .active_element()
        .await?
        .send_keys(text)
        .await?;
    Ok(())
}

/// Tab until an input that takes text has the focus.
async fn tab_to_input(browser: &Browser) -> anyhow::Result<()> {
    for _ in 0..40 {
        press(browser, Key::Tab).await?;
        let empty = "const a = document.activeElement;
            return a.matches('main input, main textarea') && a.value === '';";
        if browser.script(empty, vec![]).await? == true {
            return Ok(());
        }
    }
    anyhow::bail!(
        "no further input can be reached; the focus is at {}",
        focused(browser).await?
    )
}

async fn focused(browser: &Browser) -> anyhow::Result<String> {
    let words = browser
        .script("return document.activeElement.innerText ?? ''", vec![])
        .await?;
    Ok(words.as_str().unwrap_or_default().trim().to_owned())
}

/// WCAG 2.4.7: something shows where the focus is.
async fn focus_is_visible(browser: &Browser) -> anyhow::Result<bool> {
    let seen = "const s = getComputedStyle(document.activeElement);
        return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';";
    Ok(browser.script(seen, vec![]).await? == true)
}

async fn until_path(browser: &Browser, path: &str) -> anyhow::Result<()> {
    yiwang_e2e::until(&format!("the browser is at {path}"), async || {
        Ok(browser.path().await?.starts_with(path).then_some(()))
    })
    .await
}
