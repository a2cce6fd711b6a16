// @ts-check
'use strict';
const vscode = require('vscode');

/** The least that a tree view and a webview panel can be: what Ringside's times are divided by. */
exports.activate = (/** @type {vscode.ExtensionContext} */ context) => {
  const changed = new vscode.EventEmitter();
  /** @type {vscode.TreeDataProvider<string>} */
  const treeDataProvider = {
    onDidChangeTreeData: /** @type {vscode.Event<undefined>} */ (changed.event),
    getChildren: (element) => (element === undefined ? ['empty-root'] : ['empty-child']),
    getTreeItem: (element) => {
      const { Collapsed, None } = vscode.TreeItemCollapsibleState;
      const item = new vscode.TreeItem(element, element === 'empty-root' ? Collapsed : None);
      item.contextValue = 'emptyItem';
      return item;
    },
  };
  const open = () => {
    const panel = vscode.window.createWebviewPanel('ringsideBench.panel', 'Empty', vscode.ViewColumn.Active, {});
    panel.webview.html = '<!DOCTYPE html><html lang="en"><body><h1>empty-panel</h1></body></html>';
  };
  context.subscriptions.push(
    changed,
    vscode.window.createTreeView('ringsideBench.empty', { treeDataProvider }),
    vscode.commands.registerCommand('ringsideBench.openEmpty', open),
    vscode.commands.registerCommand('ringsideBench.refreshEmpty', () => changed.fire(undefined)),
  );
};
