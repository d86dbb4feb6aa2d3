//! The protocol: what the editor says and asks, and what it is told.

use super::complete::{self, Known};
use super::cursor;
use super::judged::{self, Shown};
use super::lines::Lines;
use super::open::{Home, Open, inside, is_referral, is_rule_file, kind_at, path_of};
use super::world::Place;
use crate::commands::session::{Exit, Session};
use crate::council::FileKind;
use crate::folder::find_root;
use crate::records::Day;
use crate::rules;
use anyhow::Result;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CompletionOptions, CompletionParams, DidChangeTextDocumentParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, Hover, HoverContents, HoverParams, HoverProviderCapability,
    InitializeParams, InitializeResult, MarkupContent, MarkupKind, Position,
    PublishDiagnosticsParams, SaveOptions, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions,
    TextDocumentSyncSaveOptions, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
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
    session: &'s mut Session<'g>,
    stage: Stage,
    /// Whether the editor can say when files change on the disk.
    watches: bool,
    open: BTreeMap<String, Open>,
    places: BTreeMap<PathBuf, Place>,
    alone: Option<Place>,
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
        }
    }

    /// Answers until the editor ends it. What is typed in one go is judged once, when it pauses.
    pub(super) fn serve(mut self, messages: &Receiver<Result<Message, String>>) -> Result<Exit> {
        loop {
            let message = if self.has_changes() {
                match messages.recv_timeout(PAUSE) {
                    Err(RecvTimeoutError::Timeout) => {
                        self.judge()?;
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => None,
                    Ok(message) => Some(message),
                }
            } else {
                messages.recv().ok()
            };
            let Some(message) = message else {
                return Ok(Exit::Refused);
            };
            if let Some(exit) = self.hear(message)? {
                return Ok(exit);
            }
        }
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
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                self.read_again();
                true
            }
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

    fn home(&self, uri: &Uri, text: &str) -> Home {
        let Some(path) = path_of(uri) else {
            let name = uri.as_str().rsplit(['/', ':']).next().unwrap_or("-");
            return self.lone(name);
        };
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".toml") {
            return match path.parent() {
                Some(folder) if name != "panel.toml" && is_rule_file(text) => Home::RuleFile {
                    folder: folder.to_owned(),
                    file: name,
                },
                _ => Home::Elsewhere,
            };
        }
        let named = self.session.globals.folder.as_ref();
        let named = named.filter(|root| inside(root, &path).is_some()).cloned();
        let Some(root) = named.or_else(|| find_root(&path)) else {
            return self.lone(&name);
        };
        let place = inside(&root, &path).unwrap_or_default();
        match kind_at(&place) {
            Some(kind) => Home::Record { root, place, kind },
            None => Home::Elsewhere,
        }
    }

    fn lone(&self, name: &str) -> Home {
        if self.session.globals.council.is_none() {
            return Home::Elsewhere;
        }
        Home::Alone {
            name: name.to_owned(),
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let home = self.home(&document.uri, &document.text);
        self.open.insert(
            document.uri.as_str().to_owned(),
            Open {
                uri: document.uri,
                version: Some(document.version),
                text: document.text,
                home,
                shown: Vec::new(),
                published: None,
                is_changed: true,
            },
        );
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let Some(open) = self.open.get_mut(params.text_document.uri.as_str()) else {
            return;
        };
        open.version = Some(params.text_document.version);
        for change in params.content_changes {
            open.change(change);
        }
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) -> Result<()> {
        let Some(closed) = self.open.remove(params.text_document.uri.as_str()) else {
            return Ok(());
        };
        // What was typed and not saved is gone from the folder too.
        if let Home::Record { root, .. } = &closed.home
            && let Some(place) = self.places.get_mut(root)
        {
            place.is_stale = true;
            for open in self.open.values_mut() {
                open.is_changed |=
                    matches!(&open.home, Home::Record { root: own, .. } if own == root);
            }
        }
        self.publish(closed.uri, None, Vec::new())
    }

    /// Something was saved: folders are read again before they are next judged.
    fn read_again(&mut self) {
        for place in self.places.values_mut() {
            place.is_stale = true;
        }
        self.alone = None;
        for open in self.open.values_mut() {
            open.is_changed = true;
        }
    }

    fn has_changes(&self) -> bool {
        self.open.values().any(|open| open.is_changed)
    }

    fn publish(
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

    /// Judges what was changed, and tells the editor what is new.
    pub(super) fn judge(&mut self) -> Result<()> {
        let mut roots = BTreeSet::new();
        let mut others = Vec::new();
        for (uri, open) in &self.open {
            if !open.is_changed {
                continue;
            }
            match &open.home {
                Home::Record { root, .. } => {
                    roots.insert(root.clone());
                }
                _ => others.push(uri.clone()),
            }
        }
        for root in roots {
            self.judge_folder(&root);
        }
        for uri in others {
            let Some(mut open) = self.open.remove(&uri) else {
                continue;
            };
            open.shown = self.judge_lone(&open);
            self.open.insert(uri, open);
        }
        let mut told = Vec::new();
        for open in self.open.values_mut() {
            open.is_changed = false;
            let diagnostics: Vec<_> = open
                .shown
                .iter()
                .map(|shown| shown.diagnostic.clone())
                .collect();
            if open.published.as_ref() != Some(&diagnostics) {
                // A file that is none of ours is passed over in silence.
                if open.home != Home::Elsewhere {
                    told.push((open.uri.clone(), open.version, diagnostics.clone()));
                }
                open.published = Some(diagnostics);
            }
        }
        for (uri, version, diagnostics) in told {
            self.publish(uri, version, diagnostics)?;
        }
        Ok(())
    }

    fn judge_folder(&mut self, root: &PathBuf) {
        let is_sound = self.places.get(root).is_some_and(|place| !place.is_stale);
        if !is_sound {
            let read = Place::read(self.session, root);
            self.places.insert(root.clone(), read);
        }
        let as_of = self.session.as_of();
        let Some(place) = self.places.get_mut(root) else {
            return;
        };
        let own = self.open.values_mut().filter_map(|open| match &open.home {
            Home::Record {
                root: of, place, ..
            } if of == root => Some((place.clone(), open)),
            _ => None,
        });
        let world = match &mut place.world {
            Ok(world) => world,
            Err(why) => {
                for (_, open) in own {
                    open.shown = judged::trouble(why, &Lines::of(&open.text));
                }
                return;
            }
        };
        world.as_of = as_of;
        let own: Vec<_> = own.collect();
        for (place, open) in &own {
            if open.is_changed || !is_sound {
                world.folder.lay_text(place, &open.text);
            }
        }
        let desk = world.desk();
        let findings = rules::judge(&desk).findings;
        for (place, open) in own {
            let lines = Lines::of(&open.text);
            open.shown =
                judged::of_record(&findings, &world.folder, &world.council, &place, &lines);
        }
    }

    fn judge_lone(&mut self, open: &Open) -> Vec<Shown> {
        let lines = Lines::of(&open.text);
        let as_of = self.session.as_of();
        match &open.home {
            Home::RuleFile { folder, file } => {
                judged::of_rule_file(&open.text, file, folder, Day::of(as_of.date()), &lines)
            }
            Home::Alone { name } if is_referral(&open.text) => {
                let session = &*self.session;
                let place = self.alone.get_or_insert_with(|| Place::alone(session));
                place.hold(name, &open.text);
                match &mut place.world {
                    Ok(world) => {
                        world.as_of = as_of;
                        let desk = world.desk();
                        let findings = rules::judge(&desk).findings;
                        judged::of_record(&findings, &world.folder, &world.council, name, &lines)
                    }
                    Err(why) => judged::trouble(why, &lines),
                }
            }
            _ => Vec::new(),
        }
    }

    /// What is known around an open file, made ready.
    fn around(&mut self, uri: &Uri) -> Option<(&Open, &Place, FileKind)> {
        let open = self.open.get(uri.as_str())?;
        let (place, kind) = match &open.home {
            Home::Record { root, kind, .. } => {
                if !self.places.contains_key(root) {
                    let read = Place::read(self.session, root);
                    self.places.insert(root.clone(), read);
                }
                (self.places.get_mut(root)?, *kind)
            }
            Home::Alone { .. } => {
                let session = &*self.session;
                let place = self.alone.get_or_insert_with(|| Place::alone(session));
                (place, FileKind::Referral)
            }
            Home::RuleFile { .. } | Home::Elsewhere => return None,
        };
        place.learn(kind);
        Some((open, place, kind))
    }

    fn complete(&mut self, uri: &Uri, position: Position) -> Vec<lsp_types::CompletionItem> {
        let Some((open, place, kind)) = self.around(uri) else {
            return Vec::new();
        };
        let lines = Lines::of(&open.text);
        let (_, cursor) = cursor::scan(&open.text, lines.offset(position));
        let known = known(place, kind);
        cursor.map_or_else(Vec::new, |cursor| {
            complete::complete(&known, &cursor, &lines)
        })
    }

    fn hover(&mut self, uri: &Uri, position: Position) -> Option<Hover> {
        let shown = &self.open.get(uri.as_str())?.shown;
        let mut parts: Vec<String> = shown
            .iter()
            .filter(|shown| shown.range.start <= position && position <= shown.range.end)
            .map(|shown| shown.hover.clone())
            .collect();
        let mut range = None;
        if let Some((open, place, kind)) = self.around(uri) {
            let lines = Lines::of(&open.text);
            let offset = lines.offset(position);
            let (keys, _) = cursor::scan(&open.text, offset);
            let key = keys
                .iter()
                .find(|key| key.span.0 <= offset && offset <= key.span.1);
            if let Some(key) = key
                && let Some(text) = complete::explain(&known(place, kind), &key.parent, &key.key)
            {
                range = Some(lines.between(key.span.0, key.span.1));
                parts.insert(0, text);
            }
        }
        if parts.is_empty() {
            return None;
        }
        Some(Hover {
            contents: HoverContents::Markup(MarkupContent {
                kind: MarkupKind::Markdown,
                value: parts.join("\n\n---\n\n"),
            }),
            range,
        })
    }
}

fn known(place: &Place, kind: FileKind) -> Known<'_> {
    Known {
        kind,
        schema: place.schema(kind),
        council: place.council(),
        folder: place.folder(),
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
