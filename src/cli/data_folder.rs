//! Which folder holds the data: the one given, else `SOHOI_DATA`, else `sohoi-data` beside the program (the USB stick),
//! else the user's own data folder.

use std::env;
use std::path::PathBuf;

use etcetera::BaseStrategy;

use super::failure::Failure;

/// The folder on a stick, beside the program.
const BESIDE: &str = "sohoi-data";
/// The folder's name in the user's data folder.
const OWN: &str = "sohoi";

/// The data folder in force.
///
/// # Errors
/// The system names no home folder, and none was given.
pub fn data_folder(given: Option<PathBuf>) -> Result<PathBuf, Failure> {
    let from_environment = || {
        env::var_os("SOHOI_DATA")
            .filter(|dir| !dir.is_empty())
            .map(PathBuf::from)
    };
    if let Some(folder) = given.or_else(from_environment).or_else(beside_program) {
        return Ok(folder);
    }
    match etcetera::choose_base_strategy() {
        Ok(strategy) => Ok(strategy.data_dir().join(OWN)),
        Err(_) => Err(Failure::refused(
            "Không tìm được thư mục riêng của người dùng để giữ sổ. Chưa ghi gì. Hãy thêm --data THƯ_MỤC.",
            "The user's own data folder cannot be found. Nothing was written. Add --data DIR.",
        )),
    }
}

fn beside_program() -> Option<PathBuf> {
    let folder = env::current_exe().ok()?.parent()?.join(BESIDE);
    folder.is_dir().then_some(folder)
}
