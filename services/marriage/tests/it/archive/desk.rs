//! Two typists, somebody who decides, and the files they make.

use std::time::{Duration, Instant};

use rust_xlsxwriter::Workbook;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_marriage::archive::{ArchiveService, Work};
use yiwang_proto::marriage::v1::{self as pb, archive_server::Archive};

use crate::{
    stage::{as_caller, id_number, unwrap},
    world::{World, ZHUSHAN},
};

/// The headings of a file.
pub(crate) const HEAD: [&str; 13] = [
    "证字号",
    "登记日期",
    "登记机关",
    "业务类别",
    "男方姓名",
    "男方证件号",
    "男方出生日期",
    "女方姓名",
    "女方证件号",
    "女方出生日期",
    "结束日期",
    "结束原因",
    "备注",
];

/// A row of a file.
pub(crate) type Row = [String; 13];

/// A marriage of two people by serial, the man odd, the woman even.
pub(crate) fn marriage(man: u32, woman: u32, on: &str) -> Row {
    let (man_id, woman_id) = (id_number(man), id_number(woman));
    let born = |id: &str| format!("{}-{}-{}", &id[6..10], &id[10..12], &id[12..14]);
    [
        format!("J420323-{}-{man:06}", &on[..4]),
        on.to_owned(),
        "竹山县民政局".to_owned(),
        "结婚".to_owned(),
        "张建国".to_owned(),
        man_id.clone(),
        born(&man_id),
        "王秀兰".to_owned(),
        woman_id.clone(),
        born(&woman_id),
        String::new(),
        String::new(),
        String::new(),
    ]
}

/// The same with other cells.
pub(crate) fn with(mut row: Row, cells: &[(&str, &str)]) -> Row {
    for (heading, value) in cells {
        let at = HEAD.iter().position(|known| known == heading).unwrap();
        row[at] = (*value).to_owned();
    }
    row
}

/// A divorce of two people.
pub(crate) fn divorce(man: u32, woman: u32, on: &str) -> Row {
    let number = format!("L420323-{}-{man:06}", &on[..4]);
    let cells = [("证字号", number.as_str()), ("业务类别", "离婚")];
    with(marriage(man, woman, on), &cells)
}

/// Rows as a CSV file.
pub(crate) fn csv(rows: &[Row]) -> Vec<u8> {
    let mut text = HEAD.join(",") + "\r\n";
    for row in rows {
        text += &(row.join(",") + "\r\n");
    }
    text.into_bytes()
}

/// Rows as an XLSX file.
pub(crate) fn xlsx(rows: &[Row]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(HEAD) {
        sheet.write(0, column, heading).unwrap();
    }
    for (line, row) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(row) {
            sheet.write(line, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

/// Who works on the archive of 竹山县; none of them is a registrar.
pub(crate) fn first() -> Caller {
    ZHUSHAN.officer(10, "录入甲", Role::Clerk)
}

pub(crate) fn second() -> Caller {
    ZHUSHAN.officer(11, "录入乙", Role::Clerk)
}

pub(crate) fn third() -> Caller {
    ZHUSHAN.officer(12, "核对", Role::CountyOfficer)
}

/// The archive of a world.
pub(crate) struct Desk {
    pub(crate) world: World,
    pub(crate) service: ArchiveService,
    work: Work,
    /// Every step is cut off at some instant, again and again.
    pub(crate) killing: bool,
    pub(crate) kills: u32,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let world = World::new().await;
        Self {
            service: ArchiveService::new(world.rt.clone()),
            work: Work {
                runtime: world.rt.clone(),
                size: 50,
            },
            world,
            killing: false,
            kills: 0,
        }
    }

    pub(crate) async fn create(&self) -> String {
        let request = pb::CreateBatchRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            title: "城关镇结婚登记档案".into(),
            division: "420323100".into(),
        };
        let made = self
            .service
            .create_batch(as_caller(&first(), request))
            .await;
        unwrap(made).unwrap().id
    }

    /// Sends a file in pieces of so many bytes.
    pub(crate) async fn upload_in(
        &self,
        who: &Caller,
        batch: &str,
        entry: i32,
        file: &[u8],
        size: usize,
    ) -> Result<pb::Batch, Fault> {
        let xlsx = file.starts_with(b"PK");
        let mut answer = pb::Batch::default();
        let count = file.len().div_ceil(size);
        for (index, chunk) in file.chunks(size).enumerate() {
            let request = pb::UploadEntriesRequest {
                batch: batch.into(),
                entry,
                format: if xlsx { "xlsx" } else { "csv" }.into(),
                offset: i64::try_from(index * size).unwrap(),
                chunk: chunk.to_vec(),
                last: index + 1 == count,
            };
            answer = unwrap(self.service.upload_entries(as_caller(who, request)).await)?;
        }
        Ok(answer)
    }

    pub(crate) async fn upload(
        &self,
        who: &Caller,
        batch: &str,
        entry: i32,
        file: &[u8],
    ) -> Result<pb::Batch, Fault> {
        self.upload_in(who, batch, entry, file, 1 << 16).await
    }

    /// A batch with both entries, compared.
    pub(crate) async fn compared(&mut self, one: &[u8], other: &[u8]) -> String {
        let batch = self.create().await;
        self.upload(&first(), &batch, 1, one).await.unwrap();
        self.upload(&second(), &batch, 2, other).await.unwrap();
        self.until(&batch, "ready").await;
        batch
    }

    /// Published without anything to decide.
    pub(crate) async fn published(&mut self, rows: &[Row]) -> String {
        let file = csv(rows);
        let batch = self.compared(&file, &file).await;
        self.publish(&batch).await.unwrap();
        self.until(&batch, "published").await;
        batch
    }

    pub(crate) async fn get(&self, batch: &str) -> pb::Batch {
        let request = pb::GetBatchRequest { id: batch.into() };
        unwrap(self.service.get_batch(as_caller(&third(), request)).await).unwrap()
    }

    /// One step of the worker.
    pub(crate) async fn step(&self, batch: &str) -> Result<bool, Fault> {
        let token = CancellationToken::new();
        self.work.step(batch.parse().unwrap(), &token).await
    }

    /// Works until the batch is in this state.
    pub(crate) async fn until(&mut self, batch: &str, state: &str) {
        let deadline = Instant::now() + Duration::from_secs(120);
        let mut patience = 1;
        loop {
            let now = self.get(batch).await.state;
            if now == state {
                return;
            }
            assert!(Instant::now() < deadline, "the batch stays {now}");
            if !self.killing {
                self.step(batch).await.unwrap();
                continue;
            }
            let patient = Duration::from_millis(patience);
            match tokio::time::timeout(patient, self.step(batch)).await {
                Ok(outcome) => {
                    outcome.unwrap();
                    patience = 1;
                }
                // Dropped wherever it was, as by a death of the process. A little more
                // patience each time: every place is hit, and it comes to an end.
                Err(_) => {
                    self.kills += 1;
                    patience = if patience > 5000 {
                        1
                    } else {
                        patience * 5 / 4 + 1
                    };
                }
            }
        }
    }

    /// All problems: row, field, code, decided.
    pub(crate) async fn problems(&self, batch: &str) -> Vec<(i64, String, String, bool)> {
        let mut found = Vec::new();
        let mut cursor = String::new();
        loop {
            let request = pb::ListProblemsRequest {
                batch: batch.into(),
                cursor,
                limit: 7,
            };
            let page = self
                .service
                .list_problems(as_caller(&third(), request))
                .await;
            let page = unwrap(page).unwrap();
            found.extend(
                page.problems
                    .into_iter()
                    .map(|one| (one.row, one.field, one.code, one.decided)),
            );
            cursor = page.next_cursor;
            if cursor.is_empty() {
                return found;
            }
        }
    }

    pub(crate) async fn decide(
        &self,
        who: &Caller,
        batch: &str,
        row: i64,
        choice: &str,
    ) -> Result<pb::Batch, Fault> {
        let request = pb::DecideRowRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            batch: batch.into(),
            row,
            choice: choice.into(),
            reason: "与原件核对".into(),
        };
        unwrap(self.service.decide_row(as_caller(who, request)).await)
    }

    pub(crate) async fn publish(&self, batch: &str) -> Result<pb::Batch, Fault> {
        let key = Uuid::now_v7().to_string();
        self.publish_as(&key, batch).await
    }

    pub(crate) async fn publish_as(&self, key: &str, batch: &str) -> Result<pb::Batch, Fault> {
        let request = pb::PublishBatchRequest {
            idempotency_key: key.into(),
            id: batch.into(),
        };
        unwrap(
            self.service
                .publish_batch(as_caller(&third(), request))
                .await,
        )
    }

    /// Every record with its people: number, state, end, validity of both rows.
    pub(crate) async fn records(&self) -> Vec<String> {
        self.world
            .texts(
                "select concat_ws(' ', number, state, registered_on, ended_on, ended_by,
                                  string_agg(side || valid::text, ' ' order by side))
                   from marriage.record join marriage.spouse on record = id
                  group by id order by number, registered_on, 1",
            )
            .await
    }
}
