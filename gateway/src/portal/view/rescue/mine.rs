//! What has been done about a family's search, in plain words.

use askama::Template;
use yiwang_proto::{casework::v1 as casework, rescue::v1 as pb};

use super::{Chrome, station::instant};
use crate::portal::view::format;

/// The own searches.
#[derive(Template)]
#[template(path = "rescue/mine.html")]
pub(crate) struct MinePage {
    pub(crate) chrome: Chrome,
    pub(crate) searches: Vec<Search>,
}

/// A search.
pub(crate) struct Search {
    pub(crate) number: String,
    pub(crate) state: String,
    pub(crate) explanation: String,
    pub(crate) closed: bool,
    /// When it was told first.
    pub(crate) filed: String,
    /// What has been done, a sentence each.
    pub(crate) done: Vec<String>,
}

impl Search {
    /// A case with what the search says of it.
    pub(crate) fn of(case: &casework::Case, followed: &pb::ReportFollowed) -> Self {
        Self {
            number: case.number.clone(),
            state: case.state_label.clone(),
            explanation: case.explanation.clone(),
            closed: case.closed,
            filed: format::wire_day(case.submitted_at.as_ref()),
            done: match case.closed {
                true => vec![],
                false => done(followed),
            },
        }
    }
}

fn done(followed: &pb::ReportFollowed) -> Vec<String> {
    let mut told = vec![];
    told.push(match followed.searched {
        true => format!(
            "您登记的信息，已经和全国救助站里身份不明的人（现在{}位）比对过。新来一位，系统马上再比。",
            followed.pool
        ),
        false => "正在和全国救助站里身份不明的人比对，过几分钟再来看。".to_owned(),
    });
    if !followed.changed_at.is_empty() {
        told.push(format!(
            "您最近一次补充：{}。",
            instant(&followed.changed_at)
        ));
    }
    let looked_at = followed.alike - followed.excluded - followed.with_police;
    match (followed.alike, followed.excluded) {
        (0, _) => told.push("到现在没有很相似的人。".to_owned()),
        (alike, 0) => told.push(format!("有{alike}位有些相似，相似不等于就是，要逐一核对。")),
        (alike, excluded) if alike == excluded => {
            told.push(format!("有些相似的{alike}位，逐一核对过，都不是要找的人。"));
        }
        (alike, excluded) => told.push(format!(
            "有些相似的{alike}位，逐一核对，其中{excluded}位已经查明不是要找的人。"
        )),
    }
    if looked_at > 0 {
        told.push(format!("工作人员正在核对其中{looked_at}位。"));
    }
    if followed.with_police > 0 {
        let count = followed.with_police;
        told.push(format!(
            "有{count}位请公安机关核实，核实以后马上告诉您，请保持电话畅通。"
        ));
    }
    told.push(match followed.face {
        true => "照片也参加比对。".to_owned(),
        false => "照片没有参加比对：登记时没有同意人脸比对。".to_owned(),
    });
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_never_says_where_anybody_is() {
        let followed = pb::ReportFollowed {
            pool: 37,
            searched: true,
            alike: 4,
            excluded: 2,
            with_police: 1,
            ..Default::default()
        };
        assert_eq!(
            done(&followed)[1..],
            [
                "有些相似的4位，逐一核对，其中2位已经查明不是要找的人。",
                "工作人员正在核对其中1位。",
                "有1位请公安机关核实，核实以后马上告诉您，请保持电话畅通。",
                "照片没有参加比对：登记时没有同意人脸比对。",
            ]
        );
    }

    #[test]
    fn a_new_report_is_being_compared() {
        let told = done(&pb::ReportFollowed::default());
        assert!(told[0].starts_with("正在"), "{told:?}");
        assert_eq!(told[1], "到现在没有很相似的人。");
    }
}
