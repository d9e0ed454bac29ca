// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// A wallet of several owners in the shape of Safe (safe-global/safe-smart-account, Safe.sol): its owners approve, one
/// of them carries the transaction to the chain and pays the gas, and what is paid is the wallet's own.
contract Safe {
    /// The proxy's: it lies first, so that nothing of the wallet is written over it.
    address internal singleton;
    address[] internal owners;
    mapping(address => bool) public isOwner;
    mapping(address => bool) public isModuleEnabled;
    mapping(address => mapping(bytes32 => uint256)) public approvedHashes;
    uint256 internal threshold;
    uint256 public nonce;

    event SafeSetup(
        address indexed initiator,
        address[] owners,
        uint256 threshold,
        address initializer,
        address fallbackHandler
    );
    event ApproveHash(bytes32 indexed approvedHash, address indexed owner);
    event AddedOwner(address indexed owner);
    event RemovedOwner(address indexed owner);
    event ChangedThreshold(uint256 threshold);
    event EnabledModule(address indexed module);
    event ExecutionSuccess(bytes32 indexed txHash, uint256 payment);
    event ExecutionFailure(bytes32 indexed txHash, uint256 payment);
    event ExecutionFromModuleSuccess(address indexed module);
    event SafeReceived(address indexed sender, uint256 value);

    receive() external payable {
        emit SafeReceived(msg.sender, msg.value);
    }

    function setup(
        address[] calldata first,
        uint256 needed,
        address to,
        bytes calldata,
        address handler,
        address,
        uint256,
        address payable
    ) external {
        require(threshold == 0, "GS200");
        for (uint256 i = 0; i < first.length; i++) {
            owners.push(first[i]);
            isOwner[first[i]] = true;
        }
        threshold = needed;
        emit SafeSetup(msg.sender, first, needed, to, handler);
    }

    function getOwners() external view returns (address[] memory) {
        return owners;
    }

    function getThreshold() external view returns (uint256) {
        return threshold;
    }

    function hashOf(address to, uint256 value, bytes memory data, uint8 operation, uint256 at) public view returns (bytes32) {
        return keccak256(abi.encode(address(this), to, value, data, operation, at));
    }

    function approveHash(bytes32 hash) external {
        require(isOwner[msg.sender], "GS030");
        approvedHashes[msg.sender][hash] = 1;
        emit ApproveHash(hash, msg.sender);
    }

    function execTransaction(
        address to,
        uint256 value,
        bytes calldata data,
        uint8 operation,
        uint256 safeTxGas,
        uint256,
        uint256,
        address,
        address payable,
        bytes calldata signatures
    ) external payable returns (bool success) {
        bytes32 hash = hashOf(to, value, data, operation, nonce++);
        check(hash, signatures);
        success = execute(to, value, data, operation);
        require(success || safeTxGas != 0, "GS013");
        if (success) emit ExecutionSuccess(hash, 0);
        else emit ExecutionFailure(hash, 0);
    }

    function execTransactionFromModule(
        address to,
        uint256 value,
        bytes calldata data,
        uint8 operation
    ) external returns (bool success) {
        require(isModuleEnabled[msg.sender], "GS104");
        success = execute(to, value, data, operation);
        require(success, "module");
        emit ExecutionFromModuleSuccess(msg.sender);
    }

    function addOwnerWithThreshold(address owner, uint256 needed) external {
        require(msg.sender == address(this), "GS031");
        owners.push(owner);
        isOwner[owner] = true;
        emit AddedOwner(owner);
        threshold = needed;
        emit ChangedThreshold(needed);
    }

    function enableModule(address module) external {
        require(msg.sender == address(this), "GS031");
        isModuleEnabled[module] = true;
        emit EnabledModule(module);
    }

    /// Signatures of kind 1: an owner that approved the hash, or sends it himself. 65 bytes each: r, s, v.
    function check(bytes32 hash, bytes calldata signatures) internal view {
        require(signatures.length >= threshold * 65, "GS020");
        address last = address(0);
        for (uint256 i = 0; i < threshold; i++) {
            address owner = address(uint160(uint256(bytes32(signatures[65 * i:65 * i + 32]))));
            require(uint8(signatures[65 * i + 64]) == 1 && owner > last && isOwner[owner], "GS026");
            require(msg.sender == owner || approvedHashes[owner][hash] != 0, "GS025");
            last = owner;
        }
    }

    function execute(address to, uint256 value, bytes memory data, uint8 operation) internal returns (bool success) {
        if (operation == 1) (success, ) = to.delegatecall(data);
        else (success, ) = to.call{value: value}(data);
    }
}

/// Passes everything on to its singleton, as SafeProxy does: money that comes without a call too.
contract SafeProxy {
    address internal singleton;

    constructor(address to) {
        singleton = to;
    }

    fallback() external payable {
        address to = singleton;
        assembly {
            calldatacopy(0, 0, calldatasize())
            let ok := delegatecall(gas(), to, 0, calldatasize(), 0, 0)
            returndatacopy(0, 0, returndatasize())
            switch ok
            case 0 { revert(0, returndatasize()) }
            default { return(0, returndatasize()) }
        }
    }
}

/// Several payments in one, by delegatecall from the wallet: operation, to, value, length, data, packed.
contract MultiSend {
    function multiSend(bytes memory transactions) public payable {
        uint256 at = 0;
        while (at < transactions.length) {
            uint256 value;
            uint256 size;
            address to;
            bool done;
            assembly {
                let place := add(add(transactions, 32), at)
                to := shr(96, mload(add(place, 1)))
                value := mload(add(place, 21))
                size := mload(add(place, 53))
                done := call(gas(), to, value, add(place, 85), size, 0, 0)
            }
            require(done, "failed");
            at += 85 + size;
        }
    }
}

/// A module that pays out of the wallet when anyone asks: an allowance.
contract Allowance {
    function pay(address safe, address to, uint256 value) external {
        Safe(payable(safe)).execTransactionFromModule(to, value, "", 0);
    }
}
