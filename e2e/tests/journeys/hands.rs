//! What people do with the pages: fill the application in, act on a case.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
pub(crate) use yiwang_e2e::tasks::{answer, go_on, no_complaints};
use yiwang_e2e::{Browser, Family, Stage, Suite};

/// A place as the boxes ask for it, from the province down.
pub(crate) const TOWN: [&str; 4] = ["湖北省", "十堰市", "竹山县", "城关镇"];
const LEVELS: [&str; 4] = [
    "省（自治区、直辖市）",
    "市（州）",
    "县（市、区）",
    "乡镇（街道）",
];

/// Chooses a place in the boxes.
pub(crate) async fn choose_town(browser: &Browser, question: &str) -> anyhow::Result<()> {
    for (level, place) in LEVELS.iter().zip(TOWN) {
        browser
            .fill(&format!("{question} › {level}"), place)
            .await?;
    }
    Ok(())
}

/// Registers through the page; the browser is then signed in.
pub(crate) async fn register(
    stage: &Stage,
    name: &str,
    id_number: &str,
    login: &str,
) -> anyhow::Result<()> {
    let browser = &stage.browser;
    browser.open("/").await?;
    browser.click("登录").await?;
    browser.click("还没有账号，去注册").await?;
    let answers = [
        ("姓名", name),
        ("身份证号", id_number),
        ("手机号码", "13871234567"),
        ("登录名", login),
        ("密码", Suite::PASSWORD),
    ];
    answer(browser, &answers).await?;
    go_on(browser, "注册").await?;
    stage.call_sitter(login).await;
    ensure!(
        browser.offers("退出").await?,
        "not signed in after registering"
    );
    Ok(())
}

/// The circumstances of an adult without income.
pub(crate) const ADULT: [(&str, &str); 6] = [
    ("居住情况", "与申请人长期共同生活"),
    ("婚姻状况", "已婚"),
    ("在校情况", "不在校"),
    ("健康状况", "健康"),
    ("劳动能力", "部分丧失"),
    ("本人同意授权民政部门核对家庭经济状况", "√"),
];

/// The first step: where to apply.
pub(crate) async fn step_place(browser: &Browser) -> anyhow::Result<()> {
    choose_town(browser, "向哪个乡镇（街道）申请").await
}

/// The second step: the applicant.
pub(crate) async fn step_applicant(browser: &Browser, family: &Family) -> anyhow::Result<()> {
    let answers = [
        ("怎样申请", "全家一起申请"),
        ("申请人 › 姓名", family.applicant.0.as_str()),
        ("申请人 › 身份证号码", &family.applicant.1),
        ("申请人 › 联系电话", "13871234567"),
        ("申请人 › 户籍类型", "农村"),
        ("申请人 › 详细住址", "明清村三组12号"),
    ];
    answer(browser, &answers).await?;
    choose_town(browser, "申请人 › 户籍所在地").await?;
    choose_town(browser, "申请人 › 现居住地").await?;
    about(browser, "申请人", &ADULT).await?;
    browser
        .answer("申请人 › 收入 › 怎样填写", "按每月填写")
        .await?;
    browser
        .answer("申请人 › 收入 › 种养和经营净收入", "300")
        .await
}

/// The third step: spouse and child.
pub(crate) async fn step_members(browser: &Browser, family: &Family) -> anyhow::Result<()> {
    let members = [
        (&family.spouse, "配偶", &ADULT[..]),
        (&family.child, "子女", &CHILD[..]),
    ];
    for (at, (person, relation, circumstances)) in members.into_iter().enumerate() {
        browser.click_in_main("添加").await?;
        let member = format!("家庭成员 {}", at + 1);
        let answers = [
            ("姓名", person.0.as_str()),
            ("身份证号码", person.1.as_str()),
            ("与申请人的关系", relation),
        ];
        about(browser, &member, &answers).await?;
        about(browser, &member, circumstances).await?;
    }
    Ok(())
}

const CHILD: [(&str, &str); 5] = [
    ("居住情况", "与申请人长期共同生活"),
    ("婚姻状况", "未婚"),
    ("在校情况", "幼儿园、小学、初中、高中或中职"),
    ("健康状况", "健康"),
    ("劳动能力", "无（未成年或老年等）"),
];

async fn about(browser: &Browser, who: &str, answers: &[(&str, &str)]) -> anyhow::Result<()> {
    for (question, answer) in answers {
        let question = format!("{who} › {question}");
        browser
            .answer(&question, answer)
            .await
            .with_context(|| format!("{question} = {answer}"))?;
    }
    Ok(())
}

/// The fourth step: property.
pub(crate) async fn step_assets(browser: &Browser) -> anyhow::Result<()> {
    let answers = [
        ("家庭财产 › 存款、理财", "5000"),
        ("家庭财产 › 自有住房套数", "1"),
        ("家庭财产 › 办了营业执照的生意", "没有"),
    ];
    answer(browser, &answers).await
}

/// The fifth step: why.
pub(crate) async fn step_hardship(browser: &Browser) -> anyhow::Result<()> {
    let answers = [
        ("困难情况 › 主要原因", "缺少劳力"),
        ("困难情况 › 想说明的情况", "山上地少，靠种苞谷过日子。"),
    ];
    answer(browser, &answers).await
}

/// The sixth step: account and commitment.
pub(crate) async fn step_account(browser: &Browser, family: &Family) -> anyhow::Result<()> {
    let answers = [
        ("领取账户 › 开户人姓名", family.applicant.0.as_str()),
        ("领取账户 › 开户银行", "竹山农商银行城关支行"),
        ("领取账户 › 银行账号", "6217004201234567890"),
        ("承诺 › 我承诺所填内容真实、完整", "√"),
    ];
    answer(browser, &answers).await
}

/// The number on the page after submitting.
pub(crate) async fn number_on_page(browser: &Browser) -> anyhow::Result<String> {
    browser.see("申请已经交上去了").await?;
    let number = browser
        .script(
            "return document.querySelector('.big-number').innerText",
            vec![],
        )
        .await?;
    let number = number.as_str().unwrap_or_default().trim().to_owned();
    ensure!(number.starts_with("DB420323"), "the number is {number}");
    Ok(number)
}

/// A file on disk to be chosen in an upload field.
pub(crate) fn on_disk(dir: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<PathBuf> {
    let path = dir.join(name);
    std::fs::write(&path, bytes)?;
    Ok(path)
}

/// An officer takes one step on a case: opens it, fills its form in, presses its button.
pub(crate) async fn act(
    stage: &Stage,
    who: &str,
    number: &str,
    label: &str,
    answers: &[(&str, &str)],
) -> anyhow::Result<()> {
    open_task(stage, who, number, label).await?;
    finish_task(stage, label, answers).await
}

/// An officer opens the form of a step on a case.
pub(crate) async fn open_task(
    stage: &Stage,
    who: &str,
    number: &str,
    label: &str,
) -> anyhow::Result<()> {
    stage.officer(who).await?;
    let browser = &stage.browser;
    browser.open(&format!("/cases/{number}")).await?;
    let open = "const found = [...document.querySelectorAll('details.task')]
        .find((one) => one.querySelector('summary').textContent.trim() === arguments[0]);
        if (!found) return false;
        if (!found.open) found.querySelector('summary').click();
        return true;";
    let found = browser.script(open, vec![label.into()]).await?;
    ensure!(
        found == true,
        "{who} cannot do “{label}”: {}",
        browser.controls().await?
    );
    Ok(())
}

/// Fills the open form of a step in and presses its button.
pub(crate) async fn finish_task(
    stage: &Stage,
    label: &str,
    answers: &[(&str, &str)],
) -> anyhow::Result<()> {
    let browser = &stage.browser;
    for (question, value) in answers {
        if *value == "+" {
            browser
                .click_within(&format!("{label} › {question}"), "添加")
                .await?;
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
    browser.click_within(label, label).await?;
    no_complaints(browser).await?;
    browser.see(&format!("已办好：{label}")).await
}

/// Moves the clock through its page to nine o'clock of a day.
pub(crate) async fn move_clock(stage: &Stage, day: jiff::civil::Date) -> anyhow::Result<()> {
    let browser = &stage.browser;
    browser.open("/demo").await?;
    browser.fill("日期", &day.to_string()).await?;
    go_on(browser, "拨过去").await?;
    let today = stage.suite.clock().today().await?;
    ensure!(today == day, "the clock shows {today} instead of {day}");
    Ok(())
}

/// Waits until the case's page shows `text`, looking again as people do.
pub(crate) async fn look_until(stage: &Stage, number: &str, text: &str) -> anyhow::Result<()> {
    let browser = &stage.browser;
    yiwang_e2e::until(&format!("{number} shows “{text}”"), async || {
        browser.open(&format!("/cases/{number}")).await?;
        Ok(browser.text().await?.contains(text).then_some(()))
    })
    .await
}
