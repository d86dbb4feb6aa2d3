//! The protocol: what the editor says and asks, and what it is told.

use super::open::Open;
use super::world::Place;
use crate::commands::session::{Exit, Session};
use anyhow::Result;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CancelParams, CompletionOptions, CompletionParams, HoverParams, HoverProviderCapability,
    InitializeParams, InitializeResult, NumberOrString, PublishDiagnosticsParams, SaveOptions,
    ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How long nobody types before the files are judged.
const PAUSE: Duration = Duration::from_millis(150);

/// Where the conversation has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Begun,
    Ready,
    ShutDown,
}

/// One conversation with an editor.
pub(super) struct Server<'s, 'g> {
    pub(super) session: &'s mut Session<'g>,
    stage: Stage,
    /// Whether the editor can say when files change on the disk.
    pub(super) watches: bool,
    /// The open files, by address.
    pub(super) open: BTreeMap<String, Open>,
    /// The case folders that were read, by path.
    pub(super) places: BTreeMap<PathBuf, Place>,
    /// What lone referrals are judged in.
    pub(super) alone: Option<Place>,
    /// What is known around rule files.
    pub(super) rules: Option<Place>,
}

impl<'s, 'g> Server<'s, 'g> {
    /// A conversation that has not begun.
    pub(super) fn new(session: &'s mut Session<'g>) -> Self {
        Self {
            session,
            stage: Stage::Begun,
            watches: false,
            open: BTreeMap::new(),
            places: BTreeMap::new(),
            alone: None,
            rules: None,
        }
    }

    /// Answers until the editor ends it. What is typed in one go is judged once, when it pauses;
    /// what was asked and taken back in the meantime is not worked out.
    pub(super) fn serve(mut self, messages: &Receiver<Result<Message, String>>) -> Result<Exit> {
        let mut waiting = VecDeque::new();
        loop {
            waiting.extend(messages.try_iter());
            self.take_back(&mut waiting)?;
            let message = match waiting.pop_front() {
                Some(message) => Some(message),
                None if self.has_changes() => match messages.recv_timeout(PAUSE) {
                    Err(RecvTimeoutError::Timeout) => {
                        self.judge()?;
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => None,
                    Ok(message) => Some(message),
                },
                None => messages.recv().ok(),
            };
            let Some(message) = message else {
                return Ok(Exit::Refused);
            };
            if let Some(exit) = self.hear(message)? {
                return Ok(exit);
            }
        }
    }

    /// Answers what the editor has asked and does not want any more, and leaves it out.
    fn take_back(&mut self, waiting: &mut VecDeque<Result<Message, String>>) -> Result<()> {
        let unwanted: BTreeSet<RequestId> = waiting
            .iter()
            .filter_map(|message| match message {
                Ok(Message::Notification(told)) if told.method == "$/cancelRequest" => {
                    let named: CancelParams = serde_json::from_value(told.params.clone()).ok()?;
                    Some(match named.id {
                        NumberOrString::Number(number) => RequestId::from(number),
                        NumberOrString::String(text) => RequestId::from(text),
                    })
                }
                _ => None,
            })
            .collect();
        if unwanted.is_empty() {
            return Ok(());
        }
        let is_unwanted = |message: &Result<Message, String>| matches!(message, Ok(Message::Request(request)) if unwanted.contains(&request.id));
        let (taken, kept): (VecDeque<_>, VecDeque<_>) = waiting.drain(..).partition(is_unwanted);
        *waiting = kept;
        for message in taken {
            if let Ok(Message::Request(request)) = message {
                let code = ErrorCode::RequestCanceled as i32;
                let response = Response::new_err(request.id, code, "it was taken back".to_owned());
                self.send(Message::Response(response))?;
            }
        }
        Ok(())
    }

    /// Takes one message; what it comes to, where it ends the conversation.
    pub(super) fn hear(&mut self, message: Result<Message, String>) -> Result<Option<Exit>> {
        match message {
            Ok(Message::Request(request)) => self.answer(request)?,
            Ok(Message::Notification(told)) if told.method == "exit" => {
                let is_shut = self.stage == Stage::ShutDown;
                return Ok(Some(if is_shut { Exit::Clean } else { Exit::Refused }));
            }
            Ok(Message::Notification(told)) => self.note(told)?,
            Ok(Message::Response(_)) => {}
            Err(unreadable) => self.log(&format!("a message could not be read: {unreadable}"))?,
        }
        Ok(None)
    }

    fn send(&mut self, message: Message) -> Result<()> {
        message.write(&mut self.session.out)?;
        self.session.out.flush()?;
        Ok(())
    }

    fn tell(&mut self, method: &str, params: impl Serialize) -> Result<()> {
        let params = serde_json::to_value(params)?;
        self.send(Message::Notification(Notification {
            method: method.to_owned(),
            params,
        }))
    }

    fn log(&mut self, text: &str) -> Result<()> {
        self.tell("window/logMessage", json!({ "type": 2, "message": text }))
    }

    fn answer(&mut self, request: Request) -> Result<()> {
        let id = request.id.clone();
        let refuse =
            |code: ErrorCode, why: &str| Response::new_err(id.clone(), code as i32, why.to_owned());
        let response = match (self.stage, request.method.as_str()) {
            (Stage::Begun, "initialize") => self.begin(request),
            (Stage::Begun, _) => refuse(ErrorCode::ServerNotInitialized, "initialize comes first"),
            (Stage::ShutDown, _) => refuse(ErrorCode::InvalidRequest, "it has been shut down"),
            (Stage::Ready, "shutdown") => {
                self.stage = Stage::ShutDown;
                Response::new_ok(id, Value::Null)
            }
            (Stage::Ready, "textDocument/hover") => answered(request, |params: HoverParams| {
                let at = params.text_document_position_params;
                self.hover(&at.text_document.uri, at.position)
            }),
            (Stage::Ready, "textDocument/completion") => {
                answered(request, |params: CompletionParams| {
                    let at = params.text_document_position;
                    self.complete(&at.text_document.uri, at.position)
                })
            }
            (Stage::Ready, "initialize") => {
                refuse(ErrorCode::InvalidRequest, "it has begun already")
            }
            (Stage::Ready, _) => refuse(ErrorCode::MethodNotFound, "this is not known here"),
        };
        self.send(Message::Response(response))
    }

    fn begin(&mut self, request: Request) -> Response {
        let response = answered(request, |params: InitializeParams| {
            let workspace = params.capabilities.workspace.unwrap_or_default();
            let watched = workspace.did_change_watched_files.unwrap_or_default();
            self.watches = watched.dynamic_registration == Some(true);
            InitializeResult {
                capabilities: capabilities(),
                server_info: Some(ServerInfo {
                    name: "panel".to_owned(),
                    version: Some(env!("CARGO_PKG_VERSION").to_owned()),
                }),
            }
        });
        if response.response_result.is_ok() {
            self.stage = Stage::Ready;
        }
        response
    }

    fn note(&mut self, told: Notification) -> Result<()> {
        if self.stage != Stage::Ready {
            return Ok(());
        }
        let method = told.method.clone();
        let is_understood = match method.as_str() {
            "initialized" => {
                self.watch()?;
                true
            }
            "textDocument/didOpen" => read(told).map(|params| self.opened(params)).is_some(),
            "textDocument/didChange" => read(told).map(|params| self.changed(params)).is_some(),
            "textDocument/didClose" => match read(told) {
                Some(params) => {
                    self.closed(&params)?;
                    true
                }
                None => false,
            },
            "textDocument/didSave" => {
                self.saved();
                true
            }
            "workspace/didChangeWatchedFiles" => read(told)
                .map(|params| self.changed_outside(&params))
                .is_some(),
            _ => true,
        };
        if is_understood {
            return Ok(());
        }
        self.log(&format!("{method} was not understood"))
    }

    /// Asks to be told when files change that are not open.
    fn watch(&mut self) -> Result<()> {
        if !self.watches {
            return Ok(());
        }
        let globs = ["**/*.yaml", "**/*.yml", "**/*.toml"];
        let watchers: Vec<Value> = globs.map(|glob| json!({ "globPattern": glob })).into();
        self.send(Message::Request(Request {
            id: RequestId::from("watch".to_owned()),
            method: "client/registerCapability".to_owned(),
            params: json!({ "registrations": [{
                "id": "watch",
                "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": watchers },
            }] }),
        }))
    }

    fn has_changes(&self) -> bool {
        self.open.values().any(|open| open.is_changed)
    }

    /// Tells the editor what was found in a file.
    pub(super) fn publish(
        &mut self,
        uri: Uri,
        version: Option<i32>,
        diagnostics: Vec<lsp_types::Diagnostic>,
    ) -> Result<()> {
        self.tell(
            "textDocument/publishDiagnostics",
            PublishDiagnosticsParams {
                uri,
                diagnostics,
                version,
            },
        )
    }
}

/// What a notification says; none where it is not in its form.
fn read<P: DeserializeOwned>(told: Notification) -> Option<P> {
    serde_json::from_value(told.params).ok()
}

/// The answer to a request, or that it was not understood.
fn answered<P: DeserializeOwned, R: Serialize>(
    request: Request,
    answer: impl FnOnce(P) -> R,
) -> Response {
    match serde_json::from_value(request.params) {
        Ok(params) => Response::new_ok(request.id, answer(params)),
        Err(error) => Response::new_err(
            request.id,
            ErrorCode::InvalidParams as i32,
            error.to_string(),
        ),
    }
}

fn capabilities() -> ServerCapabilities {
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Options(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions {
                    include_text: Some(false),
                })),
                ..TextDocumentSyncOptions::default()
            },
        )),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some([" ", ":", "-", "{", ","].map(str::to_owned).into()),
            ..CompletionOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}
