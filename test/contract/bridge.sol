// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// A dollar as Circle's: minters mint and burn, and an address may be put on the issuer's list (FiatTokenV2).
contract Dollar {
    string public constant symbol = "USDC";
    uint8 public constant decimals = 6;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    mapping(address => bool) public isBlacklisted;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);
    event Mint(address indexed minter, address indexed to, uint256 amount);
    event Burn(address indexed burner, uint256 amount);
    event Blacklisted(address indexed _account);
    event UnBlacklisted(address indexed _account);

    function mint(address to, uint256 amount) external returns (bool) {
        balanceOf[to] += amount;
        emit Mint(msg.sender, to, amount);
        emit Transfer(address(0), to, amount);
        return true;
    }

    function burn(uint256 amount) external {
        balanceOf[msg.sender] -= amount;
        emit Burn(msg.sender, amount);
        emit Transfer(msg.sender, address(0), amount);
    }

    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        return move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        allowance[from][msg.sender] -= value;
        return move(from, to, value);
    }

    function blacklist(address account) external {
        isBlacklisted[account] = true;
        emit Blacklisted(account);
    }

    function unBlacklist(address account) external {
        isBlacklisted[account] = false;
        emit UnBlacklisted(account);
    }

    function move(address from, address to, uint256 value) internal returns (bool) {
        require(!isBlacklisted[from] && !isBlacklisted[to], "Blacklistable: account is blacklisted");
        balanceOf[from] -= value;
        balanceOf[to] += value;
        emit Transfer(from, to, value);
        return true;
    }
}

function wide(address account) pure returns (bytes32) {
    return bytes32(uint256(uint160(account)));
}

function narrow(bytes32 word) pure returns (address) {
    return address(uint160(uint256(word)));
}

/// Across, SpokePool: a deposit on one chain, and a relayer who fills it on the other out of what is his own.
contract SpokePool {
    struct V3RelayData {
        bytes32 depositor;
        bytes32 recipient;
        bytes32 exclusiveRelayer;
        bytes32 inputToken;
        bytes32 outputToken;
        uint256 inputAmount;
        uint256 outputAmount;
        uint256 originChainId;
        uint256 depositId;
        uint32 fillDeadline;
        uint32 exclusivityDeadline;
        bytes message;
    }
    struct V3RelayExecutionEventInfo {
        bytes32 updatedRecipient;
        bytes32 updatedMessageHash;
        uint256 updatedOutputAmount;
        uint8 fillType;
    }

    uint256 public numberOfDeposits;

    event FundsDeposited(
        bytes32 inputToken,
        bytes32 outputToken,
        uint256 inputAmount,
        uint256 outputAmount,
        uint256 indexed destinationChainId,
        uint256 indexed depositId,
        uint32 quoteTimestamp,
        uint32 fillDeadline,
        uint32 exclusivityDeadline,
        bytes32 indexed depositor,
        bytes32 recipient,
        bytes32 exclusiveRelayer,
        bytes message
    );
    event FilledRelay(
        bytes32 inputToken,
        bytes32 outputToken,
        uint256 inputAmount,
        uint256 outputAmount,
        uint256 repaymentChainId,
        uint256 indexed originChainId,
        uint256 indexed depositId,
        uint32 fillDeadline,
        uint32 exclusivityDeadline,
        bytes32 exclusiveRelayer,
        bytes32 indexed relayer,
        bytes32 depositor,
        bytes32 recipient,
        bytes32 messageHash,
        V3RelayExecutionEventInfo relayExecutionInfo
    );

    function depositV3(
        address depositor,
        address recipient,
        address inputToken,
        address outputToken,
        uint256 inputAmount,
        uint256 outputAmount,
        uint256 destinationChainId,
        address exclusiveRelayer,
        uint32 quoteTimestamp,
        uint32 fillDeadline,
        uint32 exclusivityParameter,
        bytes calldata message
    ) external payable {
        if (msg.value > 0) require(msg.value == inputAmount, "MsgValueDoesNotMatchInputAmount");
        else Dollar(inputToken).transferFrom(msg.sender, address(this), inputAmount);
        emit FundsDeposited(
            wide(inputToken),
            wide(outputToken),
            inputAmount,
            outputAmount,
            destinationChainId,
            numberOfDeposits++,
            quoteTimestamp,
            fillDeadline,
            exclusivityParameter,
            wide(depositor),
            wide(recipient),
            wide(exclusiveRelayer),
            message
        );
    }

    function fillRelay(V3RelayData calldata relay, uint256 repaymentChainId, bytes32) external {
        Dollar(narrow(relay.outputToken)).transferFrom(msg.sender, narrow(relay.recipient), relay.outputAmount);
        emit FilledRelay(
            relay.inputToken,
            relay.outputToken,
            relay.inputAmount,
            relay.outputAmount,
            repaymentChainId,
            relay.originChainId,
            relay.depositId,
            relay.fillDeadline,
            relay.exclusivityDeadline,
            relay.exclusiveRelayer,
            wide(msg.sender),
            relay.depositor,
            relay.recipient,
            0,
            V3RelayExecutionEventInfo(relay.recipient, 0, relay.outputAmount, 0)
        );
    }

    /// Tells of a fill and pays nothing: what anyone's contract can do.
    function pretend(V3RelayData calldata relay) external {
        emit FilledRelay(
            relay.inputToken,
            relay.outputToken,
            relay.inputAmount,
            relay.outputAmount,
            1,
            relay.originChainId,
            relay.depositId,
            0,
            0,
            0,
            wide(msg.sender),
            relay.depositor,
            relay.recipient,
            0,
            V3RelayExecutionEventInfo(relay.recipient, 0, relay.outputAmount, 0)
        );
    }
}

/// Circle's minter: what it is given it burns.
contract TokenMinter {
    function burn(address token, uint256 amount) external {
        Dollar(token).burn(amount);
    }
}

/// Circle's CCTP, version 1.
contract TokenMessenger {
    uint64 internal next;
    address internal constant MINTER = 0xc4922d64a24675E16e1586e3e3Aa56C06fABe907;

    event DepositForBurn(
        uint64 indexed nonce,
        address indexed burnToken,
        uint256 amount,
        address indexed depositor,
        bytes32 mintRecipient,
        uint32 destinationDomain,
        bytes32 destinationTokenMessenger,
        bytes32 destinationCaller
    );

    function depositForBurn(uint256 amount, uint32 domain, bytes32 recipient, address token) external returns (uint64) {
        Dollar(token).transferFrom(msg.sender, MINTER, amount);
        TokenMinter(MINTER).burn(token, amount);
        emit DepositForBurn(next, token, amount, msg.sender, recipient, domain, wide(address(1)), 0);
        return next++;
    }
}

/// Receives messages of version 1: header of 116 bytes, body of 132. Who signed them is not looked at here.
contract MessageTransmitter {
    event MessageReceived(
        address indexed caller,
        uint32 sourceDomain,
        uint64 indexed nonce,
        bytes32 sender,
        bytes messageBody
    );

    function receiveMessage(bytes calldata message, bytes calldata attestation) external returns (bool) {
        address token = abi.decode(attestation, (address));
        bytes calldata body = message[116:];
        Dollar(token).mint(narrow(bytes32(body[36:68])), uint256(bytes32(body[68:100])));
        uint32 domain = uint32(bytes4(message[4:8]));
        emit MessageReceived(msg.sender, domain, uint64(bytes8(message[12:20])), bytes32(message[20:52]), body);
        return true;
    }
}

/// Circle's CCTP, version 2: no nonce where it is burnt, and a fee out of what is minted.
contract TokenMessengerV2 {
    event DepositForBurn(
        address indexed burnToken,
        uint256 amount,
        address indexed depositor,
        bytes32 mintRecipient,
        uint32 destinationDomain,
        bytes32 destinationTokenMessenger,
        bytes32 destinationCaller,
        uint256 maxFee,
        uint32 indexed minFinalityThreshold,
        bytes hookData
    );

    function depositForBurn(
        uint256 amount,
        uint32 domain,
        bytes32 recipient,
        address token,
        bytes32 caller,
        uint256 maxFee,
        uint32 finality
    ) external {
        Dollar(token).transferFrom(msg.sender, address(this), amount);
        Dollar(token).burn(amount);
        emit DepositForBurn(token, amount, msg.sender, recipient, domain, 0, caller, maxFee, finality, "");
    }
}

/// Receives messages of version 2: header of 148 bytes, body of 228 and the hook.
contract MessageTransmitterV2 {
    event MessageReceived(
        address indexed caller,
        uint32 sourceDomain,
        bytes32 indexed nonce,
        bytes32 sender,
        uint32 indexed finalityThresholdExecuted,
        bytes messageBody
    );

    function receiveMessage(bytes calldata message, bytes calldata attestation) external returns (bool) {
        address token = abi.decode(attestation, (address));
        bytes calldata body = message[148:];
        uint256 fee = uint256(bytes32(body[164:196]));
        Dollar(token).mint(narrow(bytes32(body[36:68])), uint256(bytes32(body[68:100])) - fee);
        if (fee > 0) Dollar(token).mint(address(0xFEE), fee);
        uint32 domain = uint32(bytes4(message[4:8]));
        emit MessageReceived(
            msg.sender,
            domain,
            bytes32(message[12:44]),
            bytes32(message[44:76]),
            uint32(bytes4(message[144:148])),
            body
        );
        return true;
    }
}

/// LayerZero, OFT adapter: locks a token here, and gives it out when the other side's message comes.
contract OftAdapter {
    struct SendParam {
        uint32 dstEid;
        bytes32 to;
        uint256 amountLD;
        uint256 minAmountLD;
        bytes extraOptions;
        bytes composeMsg;
        bytes oftCmd;
    }
    struct Origin {
        uint32 srcEid;
        bytes32 sender;
        uint64 nonce;
    }

    address public immutable token;
    uint64 internal nonce;

    event OFTSent(
        bytes32 indexed guid,
        uint32 dstEid,
        address indexed fromAddress,
        uint256 amountSentLD,
        uint256 amountReceivedLD
    );
    event OFTReceived(bytes32 indexed guid, uint32 srcEid, address indexed toAddress, uint256 amountReceivedLD);

    constructor(address locked) {
        token = locked;
    }

    function send(SendParam calldata param) external payable {
        Dollar(token).transferFrom(msg.sender, address(this), param.amountLD);
        bytes32 guid = keccak256(abi.encode(address(this), nonce++, param.dstEid, param.to));
        emit OFTSent(guid, param.dstEid, msg.sender, param.amountLD, param.amountLD);
    }

    function lzReceive(Origin calldata origin, bytes32 guid, address to, uint256 amount) external {
        Dollar(token).transfer(to, amount);
        emit OFTReceived(guid, origin.srcEid, to, amount);
    }
}
