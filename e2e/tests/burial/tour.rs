//! Every page of burial that needs no case: looked at in both widths.

use yiwang_e2e::{Suite, journey};

#[tokio::test]
async fn pages_of_burial() -> anyhow::Result<()> {
    journey("burial-tour", Suite::builder(), async |stage| {
        for (who, pages) in [
            (
                "family",
                &[
                    ("figures", "/burial/figures?division=421224", "火化"),
                    ("draws", "/burial/inspections", "双随机"),
                    ("visits", "/visits", "祭扫"),
                    ("own-visits", "/visits/mine", "祭扫"),
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
            ("burial", &[("planning", "/burial/planning", "设施")]),
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
