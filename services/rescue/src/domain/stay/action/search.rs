//! What must be said in the steps of the search.

use yiwang_casework::Photos;

use super::super::words::Basis;
use crate::domain::{
    document::Document,
    fields::{DivisionCode, DocumentNumber, LongText, Name, ShortText},
};

yiwang_casework::act_data! {
    /// 指纹、照片、人脸.
    Biometrics {
        fingerprint: String, "ShortText", "指纹编号", "";
        photo: Photos, "Photos", "照片", "";
        face_searched: bool, "bool", "已用人脸识别比对", "";
        compared: String, "LongText", "与救助系统、寻亲数据比对结果", "没有查到的写明。";
    }
    /// 报公安.
    PoliceReport {
        station: String, "ShortText", "公安机关", "";
        receipt: String, "ShortText", "报警回执编号", "";
        reasons: String, "LongText", "报告情况", "走失、被遗弃、被拐卖的第一时间报告。";
    }
    /// 寻亲公告.
    Publish {
        media: String, "LongText", "发布渠道", "全国救助寻亲网、报纸、电视等，写明名称。";
        ? photo: bool, "bool", "附照片", "";
    }
    /// DNA.
    RequestDna {
        station: String, "ShortText", "公安机关", "";
        document: String, "ShortText", "函件编号", "";
        sample: String, "ShortText", "样本编号", "采样卡上的编号。";
    }
    /// 逐级上报.
    Escalate {
        to: String, "ShortText", "上报给", "";
        document: String, "ShortText", "文号", "";
        reasons: String, "LongText", "情况", "";
    }
    /// Who it is.
    Identify {
        basis: Basis, "Basis", "依据", "人脸、地点相似不能单独作为依据。";
        paper: String, "ShortText", "依据的文书编号", "";
        name: String, "Name", "姓名", "";
        number: String, "DocumentNumber", "证件号码", "";
        ? document: Document, "Document", "证件种类", "";
        ? country: String, "ShortText", "签发国家（地区）", "照护照填写。";
        ? household: String, "DivisionCode", "户籍地", "";
    }
}
