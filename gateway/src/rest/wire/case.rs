//! Cases, drafts, documents, counts.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use yiwang_proto::casework::v1 as pb;

use super::{
    all, certificate::CertificateRef, instant, item::Action, json, list, notice::Notice, some, wire,
};
use crate::clients::Merged;

/// A page of cases.
#[derive(Serialize, JsonSchema)]
pub(in crate::rest) struct CasePage {
    cases: Vec<Case>,
    /// 下一页的位置；没有时为最后一页
    next_cursor: Option<String>,
    /// 暂时没有应答的服务；它们的办件不在其中
    unavailable: Vec<String>,
}

impl From<Merged<pb::Case>> for CasePage {
    fn from(page: Merged<pb::Case>) -> Self {
        Self {
            cases: all(page.entries),
            next_cursor: some(page.next_cursor),
            unavailable: page.unavailable,
        }
    }
}

wire! {
    /// 办件；confidential 的是保密办件，ground 为工作人员能看的依据
    Case from Case {
        number: String = |v| v,
        service: String = |v| v,
        item: String = |v| v,
        item_title: String = |v| v,
        division: String = |v| v,
        division_name: String = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        explanation: String = |v| v,
        closed: bool = |v| v,
        version: i64 = |v| v,
        submitted_at: Option<String> = |v| instant(v),
        updated_at: Option<String> = |v| instant(v),
        due: Option<Clock> = |v| v.map(Clock::from),
        clocks: Vec<Clock> = |v| all(v),
        applicant: String = |v| v,
        waiting_for: String = |v| v,
        assignee: Option<String> = |v| some(v),
        form: Option<Value> = |v| json(&v),
        sections: Vec<Section> = |v| all(v),
        actions: Vec<Action> = |v| all(v),
        materials: Vec<Material> = |v| all(v),
        act_files: Vec<ActFile> = |v| all(v),
        missing: Vec<Missing> = |v| all(v),
        documents: Vec<DocumentRef> = |v| all(v),
        notices: Vec<Notice> = |v| all(v),
        own: bool = |v| v,
        certificates: Vec<CertificateRef> = |v| all(v),
        confidential: bool = |v| v,
        ground: Option<String> = |v| some(v),
        ground_label: Option<String> = |v| some(v),
        access_until: Option<String> = |v| instant(v),
    }
}

wire! {
    /// 期限
    Clock from Clock {
        name: String = |v| v,
        label: String = |v| v,
        legal_basis: String = |v| v,
        started_at: Option<String> = |v| instant(v),
        due_at: Option<String> = |v| instant(v),
        last_day: String = |v| v,
        overdue: bool = |v| v,
        provisional: bool = |v| v,
    }
}

wire! {
    /// 办件详情的一段
    Section from Section {
        title: String = |v| v,
        rows: Vec<Row> = |v| all(v),
    }
}

wire! {
    /// 一项；reveal 有值时内容被遮盖，可凭理由查看
    Row from Row {
        label: String = |v| v,
        value: String = |v| v,
        reveal: Option<String> = |v| some(v),
    }
}

wire! {
    /// 材料文件
    Material from MaterialRef {
        code: String = |v| v,
        file_id: String = |v| v,
        file_name: String = |v| v,
        media_type: String = |v| v,
        size: i64 = |v| v,
        sha256: String = |v| v,
    }
}

wire! {
    /// 办理中上传的文件，version 为办理过程中的那一步
    ActFile from ActFile {
        version: i64 = |v| v,
        title: String = |v| v,
        file: Option<Material> = |v| v.map(Material::from),
    }
}

wire! {
    /// 须补正的材料
    Missing from MissingMaterial {
        code: String = |v| v,
        title: String = |v| v,
        reason: String = |v| v,
    }
}

wire! {
    /// 文书
    DocumentRef from DocumentRef {
        id: String = |v| v,
        kind: String = |v| v,
        title: String = |v| v,
        issued_at: Option<String> = |v| instant(v),
    }
}

wire! {
    /// 文书全文
    Document from Document {
        r#ref: Option<DocumentRef> = |v| v.map(DocumentRef::from),
        case_number: String = |v| v,
        text: String = |v| v,
    }
}

wire! {
    /// 办理过程，早的在前
    History from History {
        entries: Vec<HistoryEntry> = |v| all(v),
    }
}

wire! {
    /// 一步
    HistoryEntry from HistoryEntry {
        version: i64 = |v| v,
        at: Option<String> = |v| instant(v),
        action: String = |v| v,
        action_label: String = |v| v,
        state: String = |v| v,
        state_label: String = |v| v,
        actor: String = |v| v,
        note: Option<String> = |v| some(v),
        cause: Option<String> = |v| some(v),
    }
}

list! {
    /// The caller's drafts.
    DraftList { drafts: Draft }
}

wire! {
    /// 草稿
    Draft from Draft {
        id: String = |v| v,
        item: String = |v| v,
        item_title: String = |v| v,
        division: String = |v| v,
        form: Option<Value> = |v| json(&v),
        materials: Vec<Material> = |v| all(v),
        version: i64 = |v| v,
        saved_at: Option<String> = |v| instant(v),
    }
}

wire! {
    /// 统计
    Statistics from Statistics {
        by_state: Vec<Count> = |v| all(v),
        by_division: Vec<Count> = |v| all(v),
        by_day: Vec<Count> = |v| all(v),
        open: i64 = |v| v,
        overdue: i64 = |v| v,
        total: i64 = |v| v,
    }
}

wire! {
    /// 件数
    Count from Count {
        key: String = |v| v,
        label: String = |v| v,
        count: i64 = |v| v,
    }
}
