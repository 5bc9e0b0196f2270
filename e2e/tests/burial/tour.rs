//! Every page of burial that needs no case: looked at in both widths.

use serde_json::json;
use yiwang_e2e::{Suite, id_number, journey, photo};

use crate::hands::{CEMETERY, Staff, TOWN, wait_for};

#[tokio::test]
async fn pages_of_burial() -> anyhow::Result<()> {
    journey("burial-tour", Suite::builder(), async |stage| {
        for (who, pages) in [
            (
                "family",
                &[
                    ("figures", "/burial/figures", "后来补报"),
                    ("figures-tongshan", "/burial/figures?place=通山县", "通山县"),
                    (
                        "figures-zhushan",
                        "/burial/figures?place=竹山县",
                        "还没有覆盖",
                    ),
                    ("draws", "/burial/inspections", "双随机"),
                    ("visits", "/visits", "祭扫"),
                    ("own-visits", "/visits/mine", "祭扫"),
                    ("memorials", "/memorials", "网络祭扫"),
                    ("own-memorials", "/memorials/mine", "纪念页"),
                    ("new-memorial", "/memorials/mine/new", "留言要您看过"),
                ][..],
            ),
            (
                "funeral1",
                &[
                    ("board", "/home/board", "通山县殡仪馆"),
                    ("resources", "/home/resources", "火化"),
                    ("deaths", "/home/deaths", "死亡证明"),
                    ("keeper", "/cemetery/keeper", "墓"),
                    ("gate", "/visits/gate", "预约"),
                ],
            ),
            (
                "burial",
                &[
                    ("planning", "/burial/planning", "设施"),
                    (
                        "draws-of-staff",
                        "/burial/inspections",
                        "殡葬服务和收费公示检查",
                    ),
                    ("figures-of-staff", "/burial/figures?place=咸宁市", "嘉鱼县"),
                ],
            ),
        ] {
            stage
                .step(who, async {
                    stage.officer(who).await?;
                    for (name, path, words) in pages {
                        stage.browser.open(path).await?;
                        stage.browser.see(words).await?;
                        stage.browser.look(name).await?;
                    }
                    Ok(())
                })
                .await?;
        }
        Ok(())
    })
    .await
}

/// A place chosen by row and number, and ashes on deposit: signed by two, kept longer from home.
#[tokio::test]
async fn pages_of_places_and_ashes() -> anyhow::Result<()> {
    journey("burial-places", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        stage
            .step("a place by row and number, without the picture", async {
                stage.officer("family").await?;
                let area = "area=%E6%9D%BE%E9%B9%A4%E5%8C%BA";
                browser
                    .open(&format!("/cemeteries/{CEMETERY}?{area}"))
                    .await?;
                browser.fill("第几排", "3").await?;
                browser.fill("几号", "5").await?;
                browser.look("plan").await?;
                browser.click_in_main("看这个位置").await?;
                browser.see("松鹤区3排5号").await?;
                browser.look("chosen").await?;
                browser
                    .open(&format!("/cemeteries/{CEMETERY}?{area}&line=99&place=1"))
                    .await?;
                browser.see("没有第99排1号").await
            })
            .await?;
        let family = stage.suite.sign_in("family").await?;
        let staff = Staff::open(&stage.suite).await?;
        let form = json!({
            "handler": {
                "name": "张伟", "id_number": "421224197203041375", "phone": "13800000005",
                "relation": "child",
            },
            "user": {
                "name": "张德福", "id_number": id_number("421224", "19480312", 411),
                "household": TOWN,
            },
            "cremation_certificate": "外火1", "cremated_elsewhere": true,
            "facility": "421224100-GT01", "months": 12,
        });
        let case = family.submit("ashes-deposit", TOWN, &form, &[]).await?;
        let number = case.number().to_owned();
        stage
            .step("the hall writes it down, the family signs", async {
                let store = json!({"receipt": "鄂001", "originals_seen": true});
                staff.first.act(&number, "store", &store).await?;
                let alone = json!({"urn": ""});
                let alone = staff
                    .first
                    .act_reply(&number, "countersign", &alone)
                    .await?;
                anyhow::ensure!(alone.problem()?.code == "SAME_PERSON");
                stage.officer("funeral1").await?;
                browser.open(&format!("/cases/{number}")).await?;
                browser.see("家属扫码签名").await?;
                browser.look("code").await?;
                family
                    .act(&number, "family_sign", &json!({"seen": true}))
                    .await?;
                wait_for(&family, &number, "in_store").await.map(drop)
            })
            .await?;
        stage
            .step("kept longer: the fee stands before the question", async {
                stage.officer("family").await?;
                browser
                    .open(&format!("/cases/{number}/actions/ask_renewal"))
                    .await?;
                browser.see("今天的价目").await?;
                browser.fill("续几个月", "6").await?;
                browser.look("renewal").await?;
                browser.click_in_main("申请续存").await?;
                browser.see("家属申请待办").await?;
                browser.look("asked").await
            })
            .await?;
        stage
            .step("an area is changed and closed by the county", async {
                stage.officer("burial").await?;
                browser
                    .open(&format!("/cemetery/keeper?facility={CEMETERY}"))
                    .await?;
                browser.look("keeper").await?;
                browser.click_in_main("关闭").await?;
                browser.fill("原因", "改建").await?;
                browser.look("close").await?;
                browser.click_in_main("关闭区域").await?;
                browser.see("重新开放").await
            })
            .await
    })
    .await
}

/// A scan goes up with an act, survives what is missing, and stands at its line of the history.
#[tokio::test]
async fn a_scan_goes_up_with_an_act() -> anyhow::Result<()> {
    journey("burial-scan", Suite::builder(), async |stage| {
        let browser = &stage.browser;
        let office = stage.suite.sign_in("burial").await?;
        let today = stage.suite.clock().today().await?;
        let form = json!({
            "matter": "residence", "lead": "civil", "place": TOWN, "address": "通羊镇洋都小区3栋",
            "found_on": today.to_string(), "story": "购买住宅专门安放骨灰", "party": "person",
            "name": "周大成", "number": id_number("421224", "19700312", 412),
            "phone": "13800003333",
        });
        let case = office
            .submit("burial-enforcement", TOWN, &form, &[])
            .await?;
        let number = case.number().to_owned();
        stage
            .step("records an inspection with a photo", async {
                stage.officer("burial").await?;
                browser
                    .open(&format!("/cases/{number}/actions/record"))
                    .await?;
                let file = stage.suite.data().join("现场.jpg");
                std::fs::write(&file, photo())?;
                browser.answer("记录种类", "现场检查（勘验）").await?;
                browser.fill("地点", "洋都小区3栋").await?;
                browser.attach("照片、笔录扫描件", &file).await?;
                browser.see("现场.jpg").await?;
                browser.look("attached").await?;
                // Without the rest it is drawn again, with the file.
                browser.click_within("登记执法记录", "登记执法记录").await?;
                browser.see("请选择“记录方式”").await?;
                browser.see("现场.jpg").await?;
                browser.answer("记录方式", "文字记录").await?;
                browser.fill("日期", &today.to_string()).await?;
                browser.fill("记录编号", "JL001").await?;
                browser.fill("内容", "现场存放骨灰盒若干。").await?;
                browser.click_within("登记执法记录", "登记执法记录").await?;
                browser.see("已办好").await?;
                browser.see("照片、笔录扫描件").await?;
                browser.look("at-its-line").await
            })
            .await
    })
    .await
}
