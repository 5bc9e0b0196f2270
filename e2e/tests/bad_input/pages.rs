//! The same through the pages: the error stands at its field, nothing typed is lost.

use anyhow::ensure;
use serde_json::{Value, json};
use yiwang_e2e::{Family, ITEM, Stage, Suite, TOWNSHIP, journey, photo, program};

use crate::store;

/// What the applicant's page can get, the field it belongs to, and what is said.
const MISTAKES: [(&str, &str, &str); 8] = [
    ("申请人 › 身份证号码", "420323790315301", "18"),
    ("申请人 › 身份证号码", "4203231979031530", "18"),
    ("申请人 › 身份证号码", "<script>alert(1)</script>", ""),
    ("申请人 › 联系电话", "我没有电话", ""),
    ("申请人 › 收入 › 种养和经营净收入", "-300", ""),
    ("申请人 › 收入 › 种养和经营净收入", "三百", ""),
    ("申请人 › 收入 › 工资和务工收入", "1e999", ""),
    ("申请人 › 收入 › 其他收入", "99999999999999999999", ""),
];

#[tokio::test]
async fn the_form_keeps_what_was_typed_and_says_what_is_wrong() -> anyhow::Result<()> {
    journey("bad-form", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        let family = Family::new(1);
        let citizen = with_draft(stage, &family, &family.form()).await?;
        for (field, value, said) in MISTAKES {
            stage
                .step(&format!("{field} = {value}"), async {
                    browser.open(&format!("/apply/{ITEM}?step=2")).await?;
                    let before = browser.value(field).await?;
                    browser.fill(field, value).await?;
                    browser.click_in_main("下一步").await?;
                    mistake(stage, field, value, said).await?;
                    browser.fill(field, &before).await?;
                    browser.click_in_main("下一步").await?;
                    ensure!(
                        browser.path().await?.contains("step=3"),
                        "it does not go on when mended"
                    );
                    Ok(())
                })
                .await?;
        }
        stage
            .step("pictures of a page with several mistakes", async {
                browser.open(&format!("/apply/{ITEM}?step=2")).await?;
                browser.fill("申请人 › 身份证号码", "1").await?;
                browser.fill("申请人 › 联系电话", "").await?;
                browser.click_in_main("下一步").await?;
                browser.look("mistakes").await
            })
            .await?;
        let cases = citizen.get("/api/v1/cases").await?.expect(200)?.json()?;
        ensure!(cases["cases"] == json!([]), "something was submitted");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_only_the_service_can_know_comes_back_to_its_field() -> anyhow::Result<()> {
    journey("bad-submit", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        let family = Family::new(1);
        let wrong = family.spouse.1.clone();
        let mut form = family.form();
        form["members"][1]["id_number"] = json!(wrong);
        form["payee"]["holder"] = json!("不是家里人");
        let citizen = with_draft(stage, &family, &form).await?;
        let before = store::rows_at_rest(&stage.suite, "assistance").await?;
        browser.open(&format!("/apply/{ITEM}?step=8")).await?;
        browser.click_in_main("提交申请").await?;
        browser.see("需要您改一下").await?;
        browser.look("refused").await?;
        let text = browser.text().await?;
        ensure!(text.contains("同一人只填一次"), "{text}");
        ensure!(text.contains("开户人必须是"), "{text}");
        ensure!(
            browser.value("家庭成员 2 › 身份证号码").await? == wrong,
            "the number typed is lost"
        );
        ensure!(
            browser.value("领取账户 › 开户人姓名").await? == "不是家里人",
            "the holder typed is lost"
        );
        ensure!(
            browser.value("家庭成员 1 › 姓名").await? == family.spouse.0,
            "the spouse is lost"
        );
        store::unchanged(&stage.suite, "assistance", &before).await?;
        browser
            .fill("家庭成员 2 › 身份证号码", &family.child.1)
            .await?;
        browser
            .fill("领取账户 › 开户人姓名", &family.applicant.0)
            .await?;
        browser.click_in_main("改好了，再次提交").await?;
        browser.see("申请已经交上去了").await?;
        let cases = citizen.get("/api/v1/cases").await?.expect(200)?.json()?;
        ensure!(
            cases["cases"].as_array().map(Vec::len) == Some(1),
            "{cases}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn strange_texts_are_shown_as_texts() -> anyhow::Result<()> {
    journey("strange-texts", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        let family = Family::new(1);
        let story = "<script>document.title='x'</script><b onmouseover=alert(1)>𠮷'; drop table case_file;--</b>";
        let mut form = family.form();
        form["hardship"]["story"] = json!(story);
        let citizen = with_draft(stage, &family, &form).await?;
        browser.open(&format!("/apply/{ITEM}?step=8")).await?;
        browser.see(story).await?;
        browser.look("review").await?;
        browser.click_in_main("提交申请").await?;
        browser.see("申请已经交上去了").await?;
        let cases = citizen.get("/api/v1/cases").await?.expect(200)?.json()?;
        let number = cases["cases"][0]["number"].as_str().unwrap_or_default().to_owned();
        for who in ["", "township"] {
            if !who.is_empty() {
                stage.officer(who).await?;
            }
            browser.open(&format!("/cases/{number}")).await?;
            ensure!(browser.script("return document.querySelectorAll('b[onmouseover], main script').length", vec![]).await? == 0, "it became markup");
            browser.look(&format!("case-{who}")).await?;
        }
        stage.stranger().await?;
        for path in ["/items?q=%3Cscript%3Ealert(1)%3C/script%3E", "/notices?place=%22%3E%3Cimg%20src%3Dx%3E", "/login?next=javascript:alert(1)", "/login?next=//evil.example", "/cases/%3Cb%3E", "/items/%E2%80%AE"] {
            browser.open(path).await?;
            ensure!(browser.script("return document.querySelectorAll('main script, main img[src=\"x\"]').length", vec![]).await? == 0, "{path}");
        }
        browser.open("/login?next=//evil.example/").await?;
        let target = browser.script("return document.querySelector('input[name=next]').value", vec![]).await?;
        ensure!(target == "/", "after signing in it goes to {target}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn files_that_are_not_taken_say_why_and_the_others_stay() -> anyhow::Result<()> {
    journey("bad-files", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        let family = Family::new(1);
        with_draft(stage, &family, &family.form()).await?;
        let dir = stage.suite.data();
        let good = dir.join("老屋.jpg");
        std::fs::write(&good, photo())?;
        let lie = dir.join("photo.jpg");
        std::fs::write(&lie, program())?;
        let huge = dir.join("huge.jpg");
        std::fs::write(&huge, yiwang_e2e::photo_of_size(100 << 20))?;
        let material = "其他能说明困难情况的材料";
        browser.open(&format!("/apply/{ITEM}?step=7")).await?;
        browser.attach(material, &good).await?;
        browser.see("老屋.jpg").await?;
        for (file, said) in [(&lie, "照片"), (&huge, "10")] {
            browser.attach(material, file).await?;
            browser.see("需要您改一下").await?;
            let name = file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            browser.look(&format!("refused-{name}")).await?;
            let problems = browser
                .script(
                    "return document.querySelector('#problems').innerText",
                    vec![],
                )
                .await?;
            ensure!(
                problems.as_str().unwrap_or("").contains(said),
                "{name}: {problems}"
            );
            browser.see("老屋.jpg").await?;
        }
        browser.click_in_main("下一步").await?;
        browser.see("老屋.jpg").await
    })
    .await
}

/// A registered applicant at the browser, with everything filled in as in `form`.
async fn with_draft(
    stage: &Stage,
    family: &Family,
    form: &Value,
) -> anyhow::Result<yiwang_e2e::Api> {
    let (citizen, login) = family.register(&stage.suite).await?;
    let draft = json!({"division": TOWNSHIP, "form": form});
    citizen
        .post(&format!("/api/v1/drafts/{ITEM}"), &draft)
        .await?
        .expect(200)?;
    stage.citizen(&login).await?;
    Ok(citizen)
}

/// The page that comes back names the field in Chinese, keeps the value, and leads to it.
async fn mistake(stage: &Stage, field: &str, value: &str, said: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    let problems = browser
        .script(
            "return document.querySelector('#problems')?.innerText ?? ''",
            vec![],
        )
        .await?;
    let problems = problems.as_str().unwrap_or_default();
    ensure!(
        !problems.is_empty(),
        "{field} = {value} is not complained about"
    );
    ensure!(problems.contains(said), "{problems} does not say {said}");
    let kept = browser.value(field).await?;
    // Letters of an ID number may be written either way.
    ensure!(
        kept.eq_ignore_ascii_case(value),
        "{field}: {value:?} became {kept:?}"
    );
    let element = browser.field(field).await?;
    ensure!(
        element.attr("aria-invalid").await?.as_deref() == Some("true"),
        "the field is not marked"
    );
    let described = element.attr("aria-describedby").await?.unwrap_or_default();
    let error = described
        .split_whitespace()
        .find(|id| id.ends_with("-error"))
        .unwrap_or_default();
    let shown = browser
        .script(
            "return document.getElementById(arguments[0])?.innerText ?? ''",
            vec![error.into()],
        )
        .await?;
    ensure!(
        shown.as_str().is_some_and(|text| !text.is_empty()),
        "no error stands at the field"
    );
    // Every other field of the page is as it was.
    ensure!(
        browser.value("申请人 › 姓名").await? == "何大山",
        "the name is lost"
    );
    ensure!(
        browser.value("申请人 › 详细住址").await? == "明清村三组12号",
        "the address is lost"
    );
    Ok(())
}
